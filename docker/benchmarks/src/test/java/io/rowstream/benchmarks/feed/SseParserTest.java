package io.rowstream.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
  private final List<String> frames = new ArrayList<>();
  private final SseParser parser = new SseParser((event, data) -> frames.add(event + " " + data));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 1000})
  void frames_are_read_from_any_portions(int portion) {
    byte[] stream =
        "id: c1\nevent: change\ndata: {\"a\":1}\n\n: comment\n\nevent:bookmark\r\ndata:é\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);

    for (int from = 0; from < stream.length; from += portion) {
      parser.accept(ByteBuffer.wrap(stream, from, Math.min(portion, stream.length - from)));
    }

    assertThat(frames).containsExactly("change {\"a\":1}", "bookmark é");
  }

  @Test
  void data_of_several_lines_is_joined() {
    accept("data: a\ndata: b\n\n");

    assertThat(frames).containsExactly("message a\nb");
  }

  @Test
  void an_incomplete_frame_is_not_given() {
    accept("event: change\ndata: {}\n");

    assertThat(frames).isEmpty();
  }

  private void accept(String text) {
    parser.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
