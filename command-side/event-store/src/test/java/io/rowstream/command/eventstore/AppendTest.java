package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.command.eventstore.Append.KeptOutcome;
import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.language.RecordRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AppendTest {
  private static final RecordRef ADA = new RecordRef("contact", new UUID(0, 1));

  @Test
  void an_event_of_a_record_nothing_was_decided_on_is_refused() {
    assertThatThrownBy(() -> append(Map.of(), 0)).hasMessageContaining("decided on no version");
  }

  @Test
  void versions_that_do_not_follow_on_from_the_decision_are_refused() {
    assertThat(append(Map.of(ADA, 3L), 4, 5).events()).hasSize(2);
    assertThatThrownBy(() -> append(Map.of(ADA, 3L), 5)).hasMessageContaining("follow");
    assertThatThrownBy(() -> append(Map.of(ADA, 3L), 3)).hasMessageContaining("follow");
    assertThatThrownBy(() -> append(Map.of(ADA, 3L), 4, 4)).hasMessageContaining("follow");
  }

  @Test
  void its_size_is_that_of_events_and_outcome() {
    var event = new NewEvent(ADA, 0, new byte[7]);
    var kept = new KeptOutcome("once", new byte[32], new byte[5]);

    assertThat(new Append(List.of(event), Map.of(ADA, -1L), kept).payloadBytes()).isEqualTo(12);
  }

  private static Append append(Map<RecordRef, Long> decidedOn, long... versions) {
    var events =
        Arrays.stream(versions)
            .mapToObj(version -> new NewEvent(ADA, version, new byte[1]))
            .toList();
    return new Append(events, decidedOn, null);
  }
}
