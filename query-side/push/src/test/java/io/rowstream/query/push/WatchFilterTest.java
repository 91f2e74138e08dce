package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.RecordRef;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchFilterTest {
  private static final RecordRef ADA =
      new RecordRef("contact", UUID.fromString("00000000-0000-4000-8000-000000000001"));

  @Test
  void the_digest_is_the_same_for_ever_because_cursors_carry_it() {
    assertThat(new WatchFilter(Set.of(), Set.of(), Set.of()).digest())
        .isEqualTo(7_748_076_420_210_162_913L);
    assertThat(
            new WatchFilter(Set.of(ADA), Set.of("account", "task"), Set.of("name", "b")).digest())
        .isEqualTo(880_011_033_592_928_259L);
  }

  @Test
  void different_filters_have_different_digests() {
    assertThat(
            Set.of(
                new WatchFilter(Set.of(), Set.of(), Set.of()).digest(),
                new WatchFilter(Set.of(ADA), Set.of(), Set.of()).digest(),
                new WatchFilter(Set.of(), Set.of("contact"), Set.of()).digest(),
                new WatchFilter(Set.of(), Set.of(), Set.of("contact")).digest()))
        .hasSize(4);
  }

  @Test
  void settings_that_would_break_a_promise_are_refused() {
    var settings = WatchSettings.DEFAULT;

    assertThatThrownBy(() -> settings.withTimes(Duration.ofMillis(5_001), settings.stallTimeout()))
        .hasMessageContaining("bookmarkInterval");
    assertThatThrownBy(() -> settings.withTimes(settings.bookmarkInterval(), Duration.ZERO))
        .hasMessageContaining("stallTimeout");
    assertThatThrownBy(() -> settings.withWatchersMax(0)).hasMessageContaining("watchersMax");
    assertThatThrownBy(() -> settings.withPages(0, 1)).hasMessageContaining("framesKeptMax");
    assertThatThrownBy(() -> settings.withPages(1, 0)).hasMessageContaining("snapshotPageMax");
  }
}
