package io.rowstream.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameDataTest {
  private static final String TEXT =
      "xx{\"committedOn\":\"2026-01-02T03:04:05.000006Z\",\"changes\":[{\"rowVersion\":42}]}";

  private final FrameData data = new FrameData(TEXT, 2, TEXT.length());

  @Test
  void version_and_time_are_found_without_parsing() {
    assertThat(data.numberAfter(ChangeFrame.ROW_VERSION)).isEqualTo(42);
    assertThat(data.textAfter(ChangeFrame.COMMITTED_ON)).isEqualTo("2026-01-02T03:04:05.000006Z");
  }

  @Test
  void nothing_is_found_beyond_the_data() {
    var shorter = new FrameData(TEXT, 2, TEXT.length() - 10);

    assertThat(shorter.numberAfter(ChangeFrame.ROW_VERSION)).isEqualTo(-1);
  }
}
