package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordStateTest {
  private static final Map<String, Value> ADA = Map.of("fullname", Value.text("Ada"));

  @Test
  void a_record_created_again_is_new() {
    var state =
        RecordState.after(
                null,
                List.of(
                    event(0, new RecordCreated(ADA)),
                    event(1, new RecordDeleted(ADA, false, Set.of())),
                    event(2, new RecordCreated(Map.of()))))
            .orElseThrow();

    assertThat(state.createdOn()).isEqualTo(time(2));
    assertThat(state.deleted()).isFalse();
    assertThat(state.values()).isEmpty();
  }

  @Test
  void events_that_do_not_follow_are_damage() {
    var first = event(0, new RecordCreated(ADA));

    assertThatThrownBy(() -> RecordState.after(null, List.of(first, event(2, deleted()))))
        .isInstanceOf(LogDamagedException.class);
    assertThatThrownBy(() -> RecordState.after(null, event(1, deleted())))
        .isInstanceOf(LogDamagedException.class);
    assertThatThrownBy(() -> RecordState.after(null, event(0, deleted())))
        .isInstanceOf(LogDamagedException.class);
    assertThat(RecordState.after(null, List.of())).isEmpty();
  }

  private static RecordDeleted deleted() {
    return new RecordDeleted(ADA, false, Set.of());
  }

  private static LoggedEvent event(long version, LogEvent event) {
    return new LoggedEvent(
        version + 10,
        new RecordRef("contact", new UUID(0, 1)),
        version,
        0,
        time(version),
        new Origin("c", null, new UUID(0, version)),
        event);
  }

  private static Instant time(long version) {
    return Instant.EPOCH.plusSeconds(version);
  }
}
