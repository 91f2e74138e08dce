package io.rowstream.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameDataTest {
  private static final byte[] BYTES =
      "xx{\"committedOn\":\"2026-01-02T03:04:05.000006Z\",\"changes\":[{\"rowVersion\":42}]}"
          .getBytes(StandardCharsets.UTF_8);

  private final FrameData data = new FrameData(BYTES, 2, BYTES.length);

  @Test
  void version_and_time_are_found_without_parsing() {
    assertThat(data.numberAfter(ChangeFrame.ROW_VERSION)).isEqualTo(42);
    assertThat(data.textAfter(ChangeFrame.COMMITTED_ON)).isEqualTo("2026-01-02T03:04:05.000006Z");
  }

  @Test
  void nothing_is_found_beyond_the_data() {
    var shorter = new FrameData(BYTES, 2, BYTES.length - 10);

    assertThat(shorter.numberAfter(ChangeFrame.ROW_VERSION)).isEqualTo(-1);
  }
}
