package io.rowstream.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Seed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestTargetTest {

  @Test
  void a_target_that_is_a_uri_is_left_as_it_is() {
    String target = "/api/data/v9.2/contacts(a='b%2Fc',d=-1);x?$filter=e%20eq%20'f''g'&@p=~*!/?:+";

    assertThat(uri(target)).isSameAs(target);
    assertThat(uri("*")).isEqualTo("*");
    assertThat(uri("/")).isEqualTo("/");
  }

  @Test
  void what_clients_leave_raw_is_encoded() {
    assertThat(uri("/F(T=@p)?@p={\"@odata.id\":\"accounts(1)\"}"))
        .isEqualTo("/F(T=@p)?@p=%7B%22@odata.id%22:%22accounts(1)%22%7D");
    assertThat(uri("/a|b^c[d]e<f>g`h\\i#j")).isEqualTo("/a%7Cb%5Ec%5Bd%5De%3Cf%3Eg%60h%5Ci%23j");
    assertThat(
            uri(
                "/"
                    + new String(
                        "é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
        .isEqualTo("/%C3%A9");
    assertThat(uri("/\u0001\u007f")).isEqualTo("/%01%7F");
  }

  @Test
  void an_absolute_target_says_for_which_host_it_is() {
    assertThat(RequestTarget.parse("HTTP://[::1]:8080/a?b"))
        .isEqualTo(new RequestTarget("/a?b", "[::1]:8080"));
    assertThat(RequestTarget.parse("https://h?b")).isEqualTo(new RequestTarget("/?b", "h"));
    assertThat(RequestTarget.parse("http://h")).isEqualTo(new RequestTarget("/", "h"));
  }

  @Test
  void what_is_no_target_is_refused() {
    for (String target :
        new String[] {
          "",
          "a",
          "host:443",
          "ftp://h/a",
          "http://",
          "http:///a",
          "http://a@h/",
          "http://a%41/",
          "/%",
          "/%2",
          "/%zz",
          "/a?%",
          "/%\u0661\u0661",
          "/\u4e2d"
        }) {
      assertThat(RequestTarget.parse(target)).as(target).isNull();
    }
  }

  @Test
  void whatever_is_let_through_is_a_uri() {
    var random = Seed.ofThisRun().random();
    for (int round = 0; round < 20_000; round++) {
      var target = new StringBuilder("/");
      for (int i = random.nextInt(12); i > 0; i--) {
        target.append((char) random.nextInt(0x100));
      }
      String uri = uri(target.toString());
      if (uri != null) {
        assertThat(URI.create("http://h:1" + uri).toString()).endsWith(uri);
      }
    }
  }

  private static @Nullable String uri(String target) {
    var parsed = RequestTarget.parse(target);
    return parsed == null ? null : parsed.uri();
  }
}
