package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListPagingIT {
  private static final int RECORDS = 120;
  private static final List<String> SORTABLE =
      List.of("name", "size", "serial", "weight", "price", "fragile", "madeon", "color", "batch");

  private final ViewDatabase database = ViewDatabase.create();
  private final CurrentRecordsProjection projection = database.projection(database.feed());
  private final CurrentRecords records = database.currentRecords(projection);
  private final Random random = Seed.ofThisRun().random();
  private final Map<RecordRef, Map<String, Value>> alive = new HashMap<>();
  private int lastNumber;

  @AfterEach
  void drop() {
    database.close();
  }

  private Map<String, Value> values() {
    var values = new HashMap<String, Value>();
    for (String name : SORTABLE) {
      if (random.nextInt(3) > 0) {
        values.put(name, Widgets.anyValue(Widgets.attribute(name).type(), random));
      }
    }
    return values;
  }

  private Said created() {
    RecordRef record = Widgets.ref((long) random.nextInt(1_000_000) << 20 | lastNumber++);
    Map<String, Value> values = values();
    alive.put(record, values);
    return new Said(record, new RecordCreated(values));
  }

  private Said deleted(RecordRef record) {
    return new Said(
        record, new RecordDeleted(alive.getOrDefault(record, Map.of()), false, Set.of()));
  }

  private Said moved(RecordRef record) {
    Value before = alive.getOrDefault(record, Map.of()).getOrDefault("name", Value.empty());
    Value after = Value.text("moved " + random.nextInt(1_000_000));
    var values = new HashMap<>(alive.getOrDefault(record, Map.of()));
    values.put("name", after);
    alive.put(record, values);
    return new Said(
        record,
        new RecordUpdated(Map.of("name", new Change(before, after)), false, false, Set.of()));
  }

  private void write(List<Said> said) {
    if (!said.isEmpty()) {
      database.writer().append(new SaidTogether(LogWriter.byAda(), said));
      database.awaitCaughtUp(projection);
    }
  }

  private List<Order> anyOrder() {
    var names = new ArrayList<>(SORTABLE);
    Collections.shuffle(names, random);
    var orders = new ArrayList<Order>();
    for (String name : names.subList(0, random.nextInt(4))) {
      orders.add(new Order(new Column.Of(Widgets.attribute(name)), random.nextBoolean()));
    }
    if (random.nextInt(3) == 0) {
      var own = Column.Own.values();
      orders.add(new Order(own[random.nextInt(own.length)], random.nextBoolean()));
    }
    return orders;
  }

  @Test
  void pages_together_are_the_whole_list_in_order() {
    write(Stream.generate(this::created).limit(RECORDS).toList());

    for (int round = 0; round < 25; round++) {
      List<Order> orders = anyOrder();
      var whole = page(orders, null, PageQuery.PAGE_SIZE_MAX).records();
      var paged = new ArrayList<RecordState>();
      Page page = page(orders, null, 7);
      paged.addAll(page.records());
      while (page.next() != null) {
        page = page(orders, page.next(), random.nextInt(1, 20));
        paged.addAll(page.records());
      }

      assertThat(whole).hasSize(RECORDS);
      assertThat(paged).as("%s", orders).isEqualTo(whole);
    }
  }

  private Page page(List<Order> orders, PageQuery.@Nullable After after, int limit) {
    return records.list(new PageQuery(Widgets.TYPE, null, orders, after, limit, false));
  }

  @Test
  void what_is_there_all_along_and_keeps_its_place_is_shown_once_while_others_come_go_and_move() {
    write(Stream.generate(this::created).limit(RECORDS).toList());

    for (int round = 0; round < 8; round++) {
      List<Order> orders = anyOrder();
      var settled = new HashSet<>(alive.keySet());
      var shown = new ArrayList<RecordRef>();
      Page page = page(orders, null, 9);
      page.records().forEach(state -> shown.add(state.record()));
      while (page.next() != null) {
        write(disturb(settled, page.records().getLast().record()));
        page = page(orders, page.next(), 9);
        page.records().forEach(state -> shown.add(state.record()));
      }

      assertThat(shown.stream().filter(settled::contains).toList())
          .as("%s", orders)
          .containsExactlyInAnyOrderElementsOf(settled);
    }
  }

  /// Also takes away or moves the very record that the next page is to follow.
  private List<Said> disturb(Set<RecordRef> settled, RecordRef last) {
    var said = new ArrayList<Said>();
    said.add(created());
    said.add(created());
    var victims = new ArrayList<>(alive.keySet());
    Collections.shuffle(victims, random);
    var chosen = new HashSet<>(victims.subList(0, Math.min(2, victims.size())));
    if (alive.containsKey(last)) {
      chosen.add(last);
    }
    for (RecordRef victim : chosen) {
      settled.remove(victim);
      if (random.nextBoolean()) {
        said.add(moved(victim));
      } else {
        said.add(deleted(victim));
        alive.remove(victim);
      }
    }
    return said;
  }

  @Test
  void records_without_a_value_come_first_and_last_when_descending() {
    write(
        List.of(
            new Said(Widgets.ref(1), new RecordCreated(Map.of("name", Value.text("b")))),
            new Said(Widgets.ref(2), new RecordCreated(Map.of())),
            new Said(Widgets.ref(3), new RecordCreated(Map.of("name", Value.text("A")))),
            new Said(Widgets.ref(4), new RecordCreated(Map.of())),
            new Said(Widgets.ref(5), new RecordCreated(Map.of("name", Value.text("C"))))));
    var name = new Column.Of(Widgets.attribute("name"));

    assertThat(page(List.of(new Order(name, false)), null, 9).records())
        .extracting(RecordState::record)
        .containsExactly(
            Widgets.ref(2), Widgets.ref(4), Widgets.ref(3), Widgets.ref(1), Widgets.ref(5));
    assertThat(page(List.of(new Order(name, true)), null, 9).records())
        .extracting(RecordState::record)
        .containsExactly(
            Widgets.ref(5), Widgets.ref(1), Widgets.ref(3), Widgets.ref(2), Widgets.ref(4));
  }

  @Test
  void a_page_beyond_the_bound_or_of_another_order_is_refused() {
    assertThatThrownBy(() -> page(List.of(), null, PageQuery.PAGE_SIZE_MAX + 1))
        .isInstanceOf(BadQueryException.class);
    assertThatThrownBy(() -> page(List.of(), null, 0)).isInstanceOf(BadQueryException.class);
    var other = new PageQuery.After(List.of(Value.text("x")), Widgets.ref(1).id());
    assertThatThrownBy(() -> page(List.of(), other, 1)).isInstanceOf(BadQueryException.class);
  }
}
