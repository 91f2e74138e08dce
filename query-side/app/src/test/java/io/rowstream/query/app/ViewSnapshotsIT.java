package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.query.projections.entitytypes.EntityTypes;
import io.rowstream.query.push.Snapshots.Item;
import io.rowstream.query.push.WatchFilter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewSnapshotsIT {
  private static final WatchFilter EVERYTHING = new WatchFilter(Set.of(), Set.of(), Set.of());

  private final ReadServer server = new ReadServer();
  private final Random random = Seed.ofThisRun().random();
  private final Map<RecordRef, Integer> alive = new HashMap<>();
  private final Set<RecordRef> ever = new HashSet<>();
  private ViewSnapshots snapshots;
  private RecordLog log;

  @BeforeEach
  void start() {
    server.define(Contacts.CONTACT);
    server.define(Contacts.NOTE);
    log = new RecordLog(server.bean(HikariDataSource.class));
    snapshots =
        new ViewSnapshots(
            server.bean(CurrentRecords.class),
            log,
            server.bean(EntityTypes.class),
            Duration.ofSeconds(5));
    Awaitility.await().until(() -> server.bean(EntityTypes.class).all().size() == 2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // Ids all over the range, also where Java's order of ids is not PostgreSQL's.
  private RecordRef anyRecord() {
    return new RecordRef(
        random.nextBoolean() ? "contact" : "note",
        new UUID((long) random.nextInt(16) << 60, (long) random.nextInt(8) << 61));
  }

  private long write(int events) {
    long last = 0;
    for (int i = 0; i < events; i++) {
      RecordRef record = anyRecord();
      ever.add(record);
      Integer number = alive.get(record);
      if (number == null) {
        alive.put(record, 0);
        last = server.writer().append(record, new RecordCreated(text(0)));
      } else if (random.nextInt(3) == 0) {
        alive.remove(record);
        last = server.writer().append(record, new RecordDeleted(text(number), false, Set.of()));
      } else {
        alive.put(record, number + 1);
        last =
            server
                .writer()
                .append(
                    record,
                    new RecordUpdated(
                        Map.of(
                            "text",
                            new Change(Value.text("n" + number), Value.text("n" + (number + 1)))),
                        false,
                        false,
                        Set.of()));
      }
    }
    return last;
  }

  private static Map<String, Value> text(int number) {
    return Map.of("text", Value.text("n" + number));
  }

  private List<Item> pages(WatchFilter filter, long position, int limit, Runnable between) {
    var items = new ArrayList<Item>();
    @Nullable RecordRef after = null;
    while (true) {
      List<Item> page = snapshots.page(filter, after, position, limit);
      items.addAll(page);
      if (page.size() < limit) {
        return items;
      }
      after = page.getLast().record();
      between.run();
    }
  }

  private List<Item> truth(Predicate<RecordRef> wanted, long position) {
    return ever.stream()
        .filter(wanted)
        .flatMap(record -> log.stateAsOfPosition(record, position).stream())
        .filter(state -> !state.deleted())
        .map(state -> new Item(state.record(), state.version(), state.values()))
        .toList();
  }

  @Test
  void a_snapshot_is_exactly_what_was_there_at_its_position_whatever_has_happened_since() {
    long position = write(100);

    for (int limit : List.of(1, 7, 1_000)) {
      assertThat(pages(EVERYTHING, position, limit, () -> write(2)))
          .containsExactlyInAnyOrderElementsOf(truth(_ -> true, position));
    }
  }

  @Test
  void a_snapshot_of_types_and_records_has_those_only() {
    long position = write(80);
    var some = List.copyOf(ever).subList(0, 8);

    var byType = new WatchFilter(Set.of(), Set.of("note"), Set.of());
    assertThat(pages(byType, position, 2, () -> write(1)))
        .containsExactlyInAnyOrderElementsOf(
            truth(record -> record.entityType().equals("note"), position));
    var byRecord = new WatchFilter(Set.copyOf(some), Set.of(), Set.of());
    assertThat(pages(byRecord, position, 2, () -> write(1)))
        .containsExactlyInAnyOrderElementsOf(truth(some::contains, position));
    var both = new WatchFilter(Set.copyOf(some), Set.of("contact"), Set.of());
    assertThat(pages(both, position, 3, () -> write(1)))
        .containsExactlyInAnyOrderElementsOf(
            truth(
                record -> record.entityType().equals("contact") || some.contains(record),
                position));
  }

  @Test
  void a_snapshot_is_not_made_of_rows_that_are_behind() {
    long position = write(5);
    server.awaitCaughtUp(position);
    server.bean(CurrentRecordsProjection.class).close();
    long later = server.writer().append(new Said(Contacts.contact(1), new RecordCreated(Map.of())));
    var hasty =
        new ViewSnapshots(
            server.bean(CurrentRecords.class),
            log,
            server.bean(EntityTypes.class),
            Duration.ofMillis(100));

    assertThatThrownBy(() -> hasty.page(EVERYTHING, null, later, 10))
        .isInstanceOf(LogUnreadableException.class);

    server.database().execute("UPDATE view.projection SET position = 1");
    assertThatThrownBy(() -> hasty.page(EVERYTHING, null, position, 10))
        .as("what this node believes is not enough")
        .isInstanceOf(LogUnreadableException.class);
  }
}
