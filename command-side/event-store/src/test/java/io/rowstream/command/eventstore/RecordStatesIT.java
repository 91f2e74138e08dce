package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many records asked for at once are what each is alone.
class RecordStatesIT {
  private LogDatabase database;
  private LogWriter log;

  @BeforeEach
  void createDatabase() {
    database = LogDatabase.create();
    log = new LogWriter(database.owner());
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void each_is_what_it_is_alone_also_behind_long_histories() {
    List<RecordRef> records =
        List.of(created("thing"), created("thing"), created("thing"), created("thing"));
    change(records.get(1), 3);
    for (int page = 0; page < 3; page++) {
      change(records.get(2), 2_000);
    }
    log.append(records.get(3), new RecordDeleted(Map.of(), false, Set.of()));
    RecordRef other = created("other");
    var ids = new ArrayList<>(records.stream().map(RecordRef::id).toList());
    ids.addAll(List.of(other.id(), UUID.randomUUID()));

    Map<UUID, RecordState> states = new RecordStates(database.reader()).of("thing", ids);

    var alone = new RecordLog(database.reader());
    assertThat(states).hasSize(4);
    assertThat(records)
        .allSatisfy(record ->
            assertThat(states.get(record.id())).isEqualTo(alone.state(record).orElseThrow()));
    assertThat(states.get(records.get(2).id()))
        .isNotNull()
        .extracting(RecordState::version)
        .isEqualTo(6_000L);
  }

  @Test
  void there_is_a_bound() {
    var states = new RecordStates(database.reader());
    var tooMany = Collections.nCopies(RecordStates.RECORDS_MAX + 1, UUID.randomUUID());

    assertThat(states.of("thing", tooMany.subList(1, tooMany.size()))).isEmpty();
    assertThatThrownBy(() -> states.of("thing", tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RecordRef created(String entityType) {
    var record = new RecordRef(entityType, UUID.randomUUID());
    log.append(record, new RecordCreated(Map.of("count", Value.whole(0))));
    return record;
  }

  private void change(RecordRef record, int times) {
    var changes = new ArrayList<Said>();
    for (int i = 0; i < times; i++) {
      var change = new Change(Value.whole(i), Value.whole(i + 1));
      changes.add(
          new Said(record, new RecordUpdated(Map.of("count", change), false, false, Set.of())));
    }
    log.append(changes.toArray(Said[]::new));
  }
}
