package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTest {

  @Test
  void keeps_the_newest_frames_and_says_from_where_on_none_is_missing() {
    var recent = new Recent(10, List.of()).with(frames(12, 15, 19), 4);
    assertThat(recent.floor()).isEqualTo(10);

    var more = recent.with(frames(20, 21, 30), 4);
    assertThat(more.frames()).extracting(Frame::position).containsExactly(19L, 20L, 21L, 30L);
    assertThat(more.floor()).isEqualTo(15);
  }

  @Test
  void finds_the_first_frame_after_a_position() {
    var recent = new Recent(10, List.of()).with(frames(12, 15, 19), 4);

    assertThat(recent.indexAfter(10)).isZero();
    assertThat(recent.indexAfter(12)).isEqualTo(1);
    assertThat(recent.indexAfter(14)).isEqualTo(1);
    assertThat(recent.indexAfter(19)).isEqualTo(3);
  }

  @Test
  void without_old_frames_it_is_good_only_for_who_has_had_them() {
    var recent = new Recent(10, List.of()).with(frames(12, 15), 4);

    assertThat(recent.after(11)).isEqualTo(recent);
    assertThat(recent.after(13).floor()).isEqualTo(12);
    assertThat(recent.after(13).frames()).extracting(Frame::position).containsExactly(15L);
    assertThat(recent.after(15)).isEqualTo(new Recent(15, List.of()));
    assertThat(new Recent(10, List.of()).after(20).floor()).isEqualTo(10);
  }

  @Test
  void more_at_once_than_fit_leaves_only_the_last() {
    var recent = new Recent(0, List.of()).with(frames(1, 2, 3, 4, 5), 2);

    assertThat(recent.floor()).isEqualTo(3);
    assertThat(recent.frames()).extracting(Frame::position).containsExactly(4L, 5L);
  }

  private static List<Frame> frames(long... positions) {
    return LongStream.of(positions)
        .mapToObj(p -> new Frame(p, "change", 0, new byte[] {1}))
        .toList();
  }
}
