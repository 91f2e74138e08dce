package io.rowstream.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnOriginTest {
  private static final InetSocketAddress CONNECTED_TO =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 8080);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8080",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.8.9.1:1",
        "[::1]",
        "[::1]:8080",
        "192.0.2.7:8080"
      })
  void loopback_and_the_address_connected_to_are_names_of_the_service(String host) {
    assertThat(OwnOrigin.isLocal(host, CONNECTED_TO)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.8",
        "[2001:db8::1]:8080",
        "0.0.0.0",
        ":8080",
        "localhost:8080:1",
        "[::1",
        "h"
      })
  void every_other_name_is_not(String host) {
    assertThat(OwnOrigin.isLocal(host, CONNECTED_TO)).isFalse();
    assertThat(OwnOrigin.isLocal(host, null)).isFalse();
  }

  @Test
  void a_request_comes_from_no_page_or_from_one_of_the_service() {
    assertThat(OwnOrigin.isOwn(List.of(), "localhost:8080")).isTrue();
    assertThat(OwnOrigin.isOwn(List.of("http://localhost:8080"), "localhost:8080")).isTrue();
    assertThat(OwnOrigin.isOwn(List.of("https://LOCALHOST:8080"), "localhost:8080")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "http://localhost",
        "http://localhost:80800",
        "http://127.0.0.1:8080",
        "http://evil.example",
        "http://localhost:8080.evil.example",
        "http://evil.example/localhost:8080",
        "localhost:8080",
        "ftp://localhost:8080"
      })
  void a_request_from_any_other_page_does_not(String origin) {
    assertThat(OwnOrigin.isOwn(List.of(origin), "localhost:8080")).isFalse();
    assertThat(OwnOrigin.isOwn(List.of(origin), null)).isFalse();
  }

  @Test
  void two_origins_are_none() {
    var own = "http://localhost:8080";

    assertThat(OwnOrigin.isOwn(List.of(own, own), "localhost:8080")).isFalse();
  }
}
