package io.rowstream.query.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.query.projections.history.History.Entry;
import io.rowstream.query.projections.history.History.Operation;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryIT {
  private static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");

  private final ViewDatabase database = ViewDatabase.create();
  private final History history = new History(database.recordLog());

  @AfterEach
  void drop() {
    database.close();
  }

  private static Change renamed(String from, String to) {
    return new Change(Value.text(from), Value.text(to));
  }

  @Test
  void it_tells_who_did_what_by_which_command() {
    say("c1", new RecordCreated(Map.of("name", Value.text("a"))));
    say("c2", new RecordUpdated(Map.of("name", renamed("a", "b")), true, false, Set.of()));
    say("c3", new RecordUpdated(Map.of("name", renamed("b", "c")), false, true, Set.of("name")));
    say("c4", new RecordDeleted(Map.of("name", Value.text("c")), false, Set.of()));
    say(
        "c5",
        new RecordRestored(
            Map.of("name", new Change(Value.empty(), Value.text("a"))), 0, false, Set.of()));

    var entries = history.oldestFirst(Widgets.ref(1), 0, 10).entries();

    assertThat(entries)
        .extracting(Entry::operation)
        .containsExactly(
            Operation.CREATE,
            Operation.UPDATE,
            Operation.UPDATE,
            Operation.DELETE,
            Operation.RESTORE);
    assertThat(entries).extracting(Entry::commandId).containsExactly("c1", "c2", "c3", "c4", "c5");
    assertThat(entries).extracting(Entry::version).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(entries).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(entries).extracting(Entry::by).containsOnly(BEA);
    assertThat(entries).extracting(Entry::clientId).containsOnly("tab-1");
    assertThat(entries).extracting(Entry::merged).containsExactly(false, true, false, false, false);
    assertThat(entries).extracting(Entry::forced).containsExactly(false, false, true, false, false);
    assertThat(entries.get(1).changes()).isEqualTo(Map.of("name", renamed("a", "b")));
    assertThat(entries.get(2).overwrote()).containsExactly("name");
    assertThat(entries.get(3).changes())
        .isEqualTo(Map.of("name", new Change(Value.text("c"), Value.empty())));
    assertThat(entries.get(4).restoredFrom()).isZero();
  }

  private void say(String command, RecordEvent event) {
    database
        .writer()
        .append(
            new SaidTogether(
                new Origin(command, "tab-1", BEA), List.of(new Said(Widgets.ref(1), event))));
  }

  @Test
  void pages_in_both_directions_hold_every_change_once() {
    say("c0", new RecordCreated(Map.of("name", Value.text("0"))));
    for (int v = 1; v <= 22; v++) {
      say(
          "c" + v,
          new RecordUpdated(Map.of("name", renamed("" + (v - 1), "" + v)), false, false, Set.of()));
    }
    for (int size : List.of(1, 5, 22, 23, 24, 1_000)) {
      var forwards = new ArrayList<Long>();
      for (Long from = 0L; from != null; ) {
        var page = history.oldestFirst(Widgets.ref(1), from, size);
        page.entries().forEach(entry -> forwards.add(entry.version()));
        from = page.next();
      }
      var backwards = new ArrayList<Long>();
      for (Long from = 22L; from != null; ) {
        var page = history.newestFirst(Widgets.ref(1), from, size);
        page.entries().forEach(entry -> backwards.add(entry.version()));
        from = page.next();
      }

      assertThat(forwards).hasSize(23).isSorted().doesNotHaveDuplicates();
      assertThat(backwards.reversed()).isEqualTo(forwards);
    }
  }

  @Test
  void a_page_has_a_bound() {
    assertThatThrownBy(() -> history.newestFirst(Widgets.ref(1), 0, History.PAGE_SIZE_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> history.oldestFirst(Widgets.ref(1), 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
