package io.rowstream.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
  private final HttpResponse response = new HttpResponse();
  private final StringBuilder body = new StringBuilder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void a_body_of_known_length_is_read_from_any_portions(int portion) {
    String text = "HTTP/1.1 200 OK\r\nETag: \"12\"\r\nContent-Length: 5\r\n\r\nhello";

    assertThat(completeAfter(text, portion)).isEqualTo(text.length());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(12);
    assertThat(body).hasToString("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void a_chunked_body_is_read_from_any_portions(int portion) {
    String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    String text = head + "5\r\nhello\r\nb;x=1\r\n, my world!\r\n0\r\nTrailer: 1\r\n\r\n";

    assertThat(completeAfter(text, portion)).isEqualTo(text.length());
    assertThat(body).hasToString("hello, my world!");
  }

  @Test
  void a_204_has_no_body_and_may_have_a_weak_etag() {
    String text = "HTTP/1.1 204 No Content\r\netag: W/\"7\"\r\n\r\n";

    assertThat(completeAfter(text, 1000)).isEqualTo(text.length());
    assertThat(response.version()).isEqualTo(7);
  }

  @Test
  void what_follows_a_response_is_left_in_the_buffer() {
    ByteBuffer bytes = bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 204 \r\n\r\n");

    assertThat(response.feed(bytes, this::keep)).isTrue();
    response.reset();
    assertThat(response.feed(bytes, this::keep)).isTrue();

    assertThat(response.status()).isEqualTo(204);
    assertThat(body).hasToString("a");
  }

  @Test
  void a_body_without_a_length_goes_on_until_the_connection_ends() {
    assertThat(response.feed(bytes("HTTP/1.1 200 OK\r\n\r\nabc"), this::keep)).isFalse();
    assertThat(response.feed(bytes("def"), this::keep)).isFalse();

    assertThat(body).hasToString("abcdef");
  }

  /// How many bytes it took until the response was complete.
  private int completeAfter(String text, int portion) {
    for (int from = 0; from < text.length(); from += portion) {
      int to = Math.min(text.length(), from + portion);
      if (response.feed(bytes(text.substring(from, to)), this::keep)) {
        return to;
      }
    }
    return -1;
  }

  private void keep(ByteBuffer piece) {
    body.append(StandardCharsets.UTF_8.decode(piece));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
