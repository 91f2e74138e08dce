package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventFeedSettingsTest {

  @Test
  void what_would_break_a_promise_is_refused() {
    var settings = EventFeedSettings.DEFAULT;

    assertThatThrownBy(() -> settings.withPollInterval(Duration.ofMillis(1_001)))
        .hasMessageContaining("pollInterval");
    assertThatThrownBy(() -> settings.withRing(0, 1)).hasMessageContaining("ringEventsMax");
    assertThatThrownBy(() -> settings.withRing(1, 0)).hasMessageContaining("ringBytesMax");
    assertThatThrownBy(() -> settings.withPages(0, 1, 1)).hasMessageContaining("pageEventsMax");
    assertThatThrownBy(() -> settings.withPages(1, 0, 1)).hasMessageContaining("pageBytesMax");
    assertThatThrownBy(() -> settings.withPages(1, 1, 0)).hasMessageContaining("pagesCachedMax");
    assertThatThrownBy(() -> settings.withStartTimeout(Duration.ZERO))
        .hasMessageContaining("startTimeout");
  }
}
