package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Some records' units, read without the rest of the log.
class ExtractIT {
  private LogDatabase database;

  @BeforeEach
  void create() {
    database = LogDatabase.create();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void it_is_what_remains_of_the_whole_log_when_the_others_are_left_out() throws Exception {
    var random = Seed.ofThisRun().random();
    var records = IntStream.range(0, 8).mapToObj(_ -> Sample.contact()).toList();
    var batch = new ArrayList<SaidTogether>();
    for (int i = 0; i < 300; i++) {
      var unit = new ArrayList<Said>();
      for (int e = random.nextInt(6); e >= 0; e--) {
        unit.add(new Said(records.get(random.nextInt(8)), Sample.created("n")));
      }
      batch.add(new SaidTogether(LogWriter.byAda(), unit));
    }
    var last = database.writer().append(batch.toArray(SaidTogether[]::new));
    try (var feed = EventFeed.start(database.reader(), Sample.QUICK)) {
      assertThat(feed.await(last, Sample.SOON)).isTrue();
      for (var wanted :
          List.of(Set.of(records.get(0)), Set.of(records.get(1), records.get(2), records.get(7)))) {
        for (int eventsMax : new int[] {1, 7, 10_000}) {
          assertThat(extracted(feed, wanted, eventsMax)).isEqualTo(filtered(feed, wanted));
        }
      }
      assertThat(feed.unitsOf(Set.of(Sample.contact()), 0, 10))
          .isEqualTo(new Extract(List.of(), last));
    }
  }

  private static List<List<LoggedEvent>> extracted(
      EventFeed feed, Set<RecordRef> wanted, int eventsMax) {
    var found = new ArrayList<List<LoggedEvent>>();
    long at = 0;
    while (at < feed.position()) {
      var extract = feed.unitsOf(wanted, at, eventsMax);
      extract.units().forEach(unit -> found.add(unit.events()));
      assertThat(extract.position()).isGreaterThan(at);
      at = extract.position();
    }
    return found;
  }

  private static List<List<LoggedEvent>> filtered(EventFeed feed, Set<RecordRef> wanted) {
    return feed.unitsAfter(0, Integer.MAX_VALUE).stream()
        .map(unit ->
            unit.events().stream().filter(event -> wanted.contains(event.record())).toList())
        .filter(events -> !events.isEmpty())
        .toList();
  }
}
