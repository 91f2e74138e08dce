package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordLogIT {
  private LogDatabase database;
  private RecordLog log;

  @BeforeEach
  void create() {
    database = LogDatabase.create();
    log = new RecordLog(database.reader());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void one_records_events_are_read_by_version() {
    var ada = record(2_500);
    record(3);

    assertThat(log.eventsOf(ada, -1, 10))
        .extracting(LoggedEvent::version)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(log.eventsOf(ada, 2_497, 10))
        .extracting(LoggedEvent::version)
        .containsExactly(2_498L, 2_499L);
    assertThat(log.eventsOf(ada, 2_499, 10)).isEmpty();
    assertThat(log.eventsOf(Sample.contact(), -1, 10)).isEmpty();
  }

  @Test
  void a_record_is_known_as_of_a_version_a_position_and_a_time() {
    var ada = record(2_500);
    var events = log.eventsOf(ada, 1_233, 2);
    var then = events.getFirst();

    assertThat(log.state(ada).orElseThrow().version()).isEqualTo(2_499);
    var state = log.stateAsOfVersion(ada, 1_234).orElseThrow();
    assertThat(state.values()).isEqualTo(Map.of("fullname", Value.text("1234")));
    assertThat(log.stateAsOfPosition(ada, then.position())).contains(state);
    var inTime = log.stateAsOfTime(ada, then.committedOn()).orElseThrow();
    assertThat(inTime.modifiedOn()).isEqualTo(then.committedOn());
    assertThat(log.stateAsOfTime(ada, then.committedOn().minusSeconds(3_600))).isEmpty();
    assertThat(log.stateAsOfVersion(ada, 2_500)).isEmpty();
    assertThat(log.stateAsOfPosition(ada, 0)).isEmpty();
  }

  @Test
  void a_deleted_record_says_who_and_when() {
    var ada = record(1);
    database
        .writer()
        .append(ada, new RecordDeleted(Map.of("fullname", Value.text("0")), false, Set.of()));

    var state = log.state(ada).orElseThrow();
    assertThat(state.deleted()).isTrue();
    assertThat(state.version()).isEqualTo(1);
    assertThat(state.modifiedBy()).isEqualTo(LogWriter.ADA);
  }

  private RecordRef record(int events) {
    var record = Sample.contact();
    var units = new ArrayList<SaidTogether>();
    for (int i = 0; i < events; i++) {
      var event =
          i == 0 ? Sample.created("0") : Sample.renamed(String.valueOf(i - 1), String.valueOf(i));
      units.add(new SaidTogether(LogWriter.byAda(), List.of(new Said(record, event))));
      if (units.size() == 500 || i == events - 1) {
        database.writer().append(units.toArray(SaidTogether[]::new));
        units.clear();
      }
    }
    return record;
  }
}
