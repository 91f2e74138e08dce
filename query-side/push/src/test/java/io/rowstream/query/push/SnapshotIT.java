package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.language.RecordRef;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.SseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// G7: the state of what matches, then every later event, in one request.
class SnapshotIT {
  private LogDatabase database;
  private LogWriter writer;
  private WatchServer server;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    writer = database.writer();
    startServer();
  }

  private void startServer() {
    server =
        WatchServer.start(
            database.reader(), EventFeedSettings.DEFAULT, WatchServer.QUICK.withPages(512, 7));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void g7_the_state_comes_first_then_its_end_then_what_happened_since() {
    var ada = Sample.contact();
    var gone = Sample.contact();
    writer.append(ada, Sample.created("Ada"));
    writer.append(ada, Sample.renamed("Ada", "Ada L"));
    writer.append(gone, Sample.created("Gone"));
    var before = writer.append(gone, Sample.deleted("Gone"));
    server.feed().position();
    try (var watch = server.watch("entity=contacts&initial=true")) {
      var end = watch.await(Sample.SOON, "snapshot-end");
      assertThat(end.position()).isLessThanOrEqualTo(before);
      watch.await(Sample.SOON, "caught-up");
      watch.await(Sample.SOON, "change", writer.append(ada, Sample.renamed("Ada L", "Ada")));

      assertThat(stateOf(watch.received())).containsExactly(Map.entry(ada, 2L));
    }
  }

  @Test
  void g7_a_snapshot_item_is_the_record_in_full() {
    var ada = Sample.contact();
    var position = writer.append(ada, Sample.created("Ada"));
    awaitRead(position);
    try (var watch = server.watch(Sample.of(ada) + "&initial=true")) {
      var item = watch.await(Sample.SOON, "snapshot").json();
      assertThat(item)
          .containsEntry("entity", "contact")
          .containsEntry("set", "contacts")
          .containsEntry("id", ada.id().toString())
          .containsEntry("rowVersion", 0L);
      assertThat(Json.at(item, "attributes", "fullname")).isEqualTo("Ada");
    }
  }

  @Test
  void g7_state_and_events_fit_without_gap_or_overlap_under_a_writer() throws Exception {
    var records = new ArrayList<RecordRef>();
    for (int i = 0; i < 40; i++) {
      records.add(Sample.contact());
    }
    var stop = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(() -> {
            long last = 0;
            for (int i = 0; !stop.get(); i++) {
              last = writer.append(records.get(i % 40), Sample.created("n" + i));
            }
            return last;
          });
      for (int round = 0; round < 8; round++) {
        try (var watch = server.watch("entity=contacts&initial=true")) {
          var end = watch.await(Sample.SOON, "snapshot-end");
          watch.await(Sample.SOON, "change", end.position() + 50);
          assertFits(watch.received(), end.position());
        }
      }
      stop.set(true);
      var last = writing.get();
      awaitRead(last);
    }
  }

  @Test
  void g7_a_snapshot_interrupted_anywhere_goes_on_as_of_the_same_position_also_after_a_restart() {
    var records = new ArrayList<RecordRef>();
    for (int i = 0; i < 30; i++) {
      records.add(Sample.contact());
      writer.append(records.get(i), Sample.created("n" + i));
    }
    awaitRead(30);
    var received = new ArrayList<SseEvent>();
    String cursor = "";
    for (int part = 0; part < 40; part++) {
      try (var watch = server.resume("entity=contacts&initial=true", cursor)) {
        var first = watch.await(Sample.SOON, _ -> true);
        received.add(first);
        cursor = first.id();
        if (first.is("snapshot-end")) {
          break;
        }
      }
      writer.append(records.get(part % 30), Sample.created("meanwhile"));
      if (part % 15 == 14) {
        server.close();
        startServer();
      }
    }
    assertThat(received.getLast().event()).isEqualTo("snapshot-end");
    assertThat(received.getLast().position()).isEqualTo(30);
    assertThat(received.stream().filter(e -> e.is("snapshot")).map(e -> Truth.record(e.json())))
        .containsExactlyInAnyOrderElementsOf(records);
    assertThat(received.stream().filter(e -> e.is("snapshot")).map(e -> Truth.version(e.json())))
        .containsOnly(0L);

    try (var watch = server.resume("entity=contacts&initial=true", cursor)) {
      watch.await(Sample.SOON, "caught-up");
      received.addAll(watch.received());
    }
    assertFits(received, 30);
  }

  @Test
  void g7_an_empty_state_is_said_to_be_empty() {
    try (var watch = server.watch(Sample.of(Sample.contact()) + "&initial=true")) {
      assertThat(watch.await(Sample.SOON, "snapshot-end").position()).isZero();
      assertThat(watch.received("snapshot")).isEmpty();
    }
  }

  private void awaitRead(long position) {
    await().until(() -> server.feed().position() >= position);
  }

  /// Every record's first change is the version after its state, or its first.
  private void assertFits(List<SseEvent> received, long position) {
    var truth = new LogSnapshots(server.feed()).statesAt(position);
    Map<RecordRef, Long> versions = new HashMap<>();
    truth.forEach((record, state) -> versions.put(record, state.version()));
    assertThat(stateOf(received.stream().filter(e -> e.is("snapshot")).toList()))
        .isEqualTo(versions);
    for (var event : received) {
      if (event.is("change")) {
        assertThat(event.position()).isGreaterThan(position);
        for (Object change : event.changes()) {
          long before = versions.getOrDefault(Truth.record(change), -1L);
          assertThat(Truth.version(change)).isEqualTo(before + 1);
          versions.put(Truth.record(change), before + 1);
        }
      }
    }
  }

  private static Map<RecordRef, Long> stateOf(List<SseEvent> received) {
    Map<RecordRef, Long> versions = new HashMap<>();
    for (var event : received) {
      if (event.is("snapshot")) {
        versions.put(Truth.record(event.json()), Truth.version(event.json()));
      } else if (event.is("change")) {
        for (Object change : event.changes()) {
          if ("delete".equals(Json.at(change, "operation"))) {
            versions.remove(Truth.record(change));
          } else {
            versions.put(Truth.record(change), Truth.version(change));
          }
        }
      }
    }
    return versions;
  }
}
