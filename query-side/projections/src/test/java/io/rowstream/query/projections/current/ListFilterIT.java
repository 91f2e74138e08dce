package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.query.projections.current.Filter.And;
import io.rowstream.query.projections.current.Filter.AnyOf;
import io.rowstream.query.projections.current.Filter.Compare;
import io.rowstream.query.projections.current.Filter.Comparison;
import io.rowstream.query.projections.current.Filter.Matches;
import io.rowstream.query.projections.current.Filter.Not;
import io.rowstream.query.projections.current.Filter.Or;
import io.rowstream.query.projections.current.Filter.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ListFilterIT {
  private static final UUID ID_A = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  private static final UUID ID_B = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000002");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private static ViewDatabase database;
  private static CurrentRecords records;

  @BeforeAll
  static void write() {
    database = ViewDatabase.create();
    var projection = database.projection(database.feed());
    records = database.currentRecords(projection);
    create(0, Map.of());
    create(
        1,
        Map.of(
            "name", Value.text("Äpfel"),
            "size", Value.whole(-5),
            "serial", Value.whole(Long.MAX_VALUE),
            "weight", new Value.Decimal(new BigDecimal("1.5")),
            "fragile", new Value.YesNo(true),
            "madeon", new Value.DateTime(NOON),
            "color", Value.whole(1),
            "owner", new Value.Lookup(new RecordRef("account", ID_A)),
            "batch", new Value.Guid(ID_A)));
    create(
        2,
        Map.of(
            "name", Value.text("50% off_[x] \\ '\"; DROP TABLE view.record; --"),
            "size", Value.whole(10),
            "serial", Value.whole(Long.MAX_VALUE - 1),
            "weight", new Value.Decimal(new BigDecimal("1.50000001")),
            "fragile", new Value.YesNo(false),
            "madeon", new Value.DateTime(NOON.plusMillis(1)),
            "color", Value.whole(2),
            "owner", new Value.Lookup(new RecordRef("contact", ID_A)),
            "batch", new Value.Guid(ID_B)));
    create(
        3,
        Map.of(
            "name", Value.text("apple"),
            "size", Value.whole(9),
            "weight", new Value.Decimal(new BigDecimal("-99999999999.0000000001")),
            "madeon", new Value.DateTime(NOON.minusSeconds(1)),
            "owner", new Value.Lookup(new RecordRef("contact", ID_B))));
    create(4, Map.of("name", Value.text("")));
    create(5, Map.of("name", Value.text("deleted"), "size", Value.whole(9)));
    database
        .writer()
        .append(
            Widgets.ref(5),
            new RecordDeleted(Map.of("name", Value.text("deleted")), false, Set.of()));
    database
        .writer()
        .append(
            new RecordRef("gadget", ID_A), new RecordCreated(Map.of("name", Value.text("apple"))));
    database.awaitCaughtUp(projection);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static void create(int number, Map<String, Value> values) {
    database.writer().append(Widgets.ref(number), new RecordCreated(values));
  }

  private static Compare is(String name, Comparison comparison, Value value) {
    return new Compare(column(name), comparison, value);
  }

  private static Column column(String name) {
    return new Column.Of(Widgets.attribute(name));
  }

  private static Matches matches(Part part, String pattern) {
    return new Matches(column("name"), part, pattern);
  }

  private static Value.Decimal decimal(String number) {
    return new Value.Decimal(new BigDecimal(number));
  }

  private static Arguments row(Filter filter, Integer... shown) {
    return Arguments.of(filter, List.of(shown));
  }

  static List<Arguments> filters() {
    var empty = Value.empty();
    return List.of(
        row(is("name", Comparison.EQUAL, Value.text("APPLE")), 3),
        row(is("name", Comparison.EQUAL, Value.text("äPFEL")), 1),
        row(is("name", Comparison.EQUAL, Value.text("")), 4),
        row(is("name", Comparison.EQUAL, empty), 0),
        row(is("name", Comparison.DIFFERENT, empty), 1, 2, 3, 4),
        row(is("name", Comparison.DIFFERENT, Value.text("Apple")), 0, 1, 2, 4),
        row(new Not(is("name", Comparison.EQUAL, Value.text("Apple"))), 0, 1, 2, 4),
        row(new Not(is("name", Comparison.DIFFERENT, Value.text("Apple"))), 3),
        row(is("name", Comparison.AFTER, Value.text("APPLE")), 1),
        row(is("name", Comparison.AFTER, empty)),
        row(new Not(is("name", Comparison.AFTER, Value.text("apple"))), 0, 2, 3, 4),
        row(
            is(
                "name",
                Comparison.EQUAL,
                Value.text("50% OFF_[x] \\ '\"; drop table view.record; --")),
            2),
        row(is("name", Comparison.EQUAL, Value.text("' OR true --"))),
        row(is("name", Comparison.EQUAL, Value.text("a\0b"))),
        row(is("size", Comparison.BEFORE, Value.whole(10)), 1, 3),
        row(is("size", Comparison.BEFORE_OR_EQUAL, Value.whole(10)), 1, 2, 3),
        row(is("size", Comparison.AFTER, Value.whole(-5)), 2, 3),
        row(is("size", Comparison.AFTER_OR_EQUAL, decimal("8.5")), 2, 3),
        row(is("size", Comparison.EQUAL, empty), 0, 4),
        row(is("serial", Comparison.EQUAL, Value.whole(Long.MAX_VALUE)), 1),
        row(is("weight", Comparison.EQUAL, decimal("1.50")), 1),
        row(is("weight", Comparison.AFTER, decimal("1.5")), 2),
        row(is("weight", Comparison.EQUAL, decimal("-99999999999.0000000001")), 3),
        row(is("fragile", Comparison.EQUAL, new Value.YesNo(true)), 1),
        row(is("fragile", Comparison.DIFFERENT, new Value.YesNo(true)), 0, 2, 3, 4),
        row(is("madeon", Comparison.AFTER, new Value.DateTime(NOON)), 2),
        row(is("madeon", Comparison.BEFORE_OR_EQUAL, new Value.DateTime(NOON)), 1, 3),
        row(is("color", Comparison.EQUAL, Value.whole(2)), 2),
        row(is("owner", Comparison.EQUAL, new Value.Guid(ID_A)), 1, 2),
        row(is("owner", Comparison.DIFFERENT, new Value.Guid(ID_A)), 0, 3, 4),
        row(is("owner", Comparison.EQUAL, empty), 0, 4),
        row(is("batch", Comparison.EQUAL, new Value.Guid(ID_B)), 2),
        row(new AnyOf(column("size"), List.of(Value.whole(9), Value.whole(10))), 2, 3),
        row(new AnyOf(column("size"), List.of(Value.whole(9), empty)), 0, 3, 4),
        row(new AnyOf(column("size"), List.of())),
        row(new Not(new AnyOf(column("size"), List.of(Value.whole(9)))), 0, 1, 2, 4),
        row(
            new AnyOf(column("owner"), List.of(new Value.Guid(ID_B), new Value.Guid(ID_A))),
            1,
            2,
            3),
        row(new Compare(Column.Own.ID, Comparison.EQUAL, new Value.Guid(Widgets.ref(3).id())), 3),
        row(new Compare(Column.Own.VERSION, Comparison.EQUAL, Value.whole(0)), 0, 1, 2, 3, 4),
        row(
            new Compare(Column.Own.CREATED_ON, Comparison.AFTER, new Value.DateTime(NOON)),
            0,
            1,
            2,
            3,
            4),
        row(new Compare(Column.Own.MODIFIED_BY, Comparison.EQUAL, new Value.Guid(ID_A))),
        row(matches(Part.ANYWHERE, "pF"), 1),
        row(matches(Part.START, "AP"), 3),
        row(matches(Part.END, "LE"), 3),
        row(matches(Part.ANYWHERE, ""), 1, 2, 3, 4),
        row(matches(Part.START, "a%e"), 3),
        row(matches(Part.START, "_p"), 1, 3),
        row(matches(Part.ANYWHERE, "[%] o"), 2),
        row(matches(Part.ANYWHERE, "f[_][[]x]"), 2),
        row(matches(Part.ANYWHERE, "\\ '\""), 2),
        row(matches(Part.START, "[a-c]p[pf]"), 3),
        row(matches(Part.START, "[^0-9]"), 1, 3),
        row(matches(Part.START, "(a|Ä).*")),
        row(matches(Part.START, "[a-c](")),
        row(new Not(matches(Part.START, "a")), 0, 1, 2, 4),
        row(new And(List.of()), 0, 1, 2, 3, 4),
        row(new Or(List.of())),
        row(
            new And(
                List.of(
                    is("size", Comparison.AFTER, Value.whole(0)),
                    new Or(
                        List.of(
                            is("color", Comparison.EQUAL, Value.whole(2)),
                            is("weight", Comparison.BEFORE, decimal("0")))))),
            2,
            3),
        row(
            new Not(
                new Or(
                    List.of(
                        is("size", Comparison.EQUAL, Value.whole(9)),
                        is("fragile", Comparison.EQUAL, new Value.YesNo(true))))),
            0,
            2,
            4));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void a_filter_shows_exactly_what_it_says(Filter filter, List<Integer> shown) {
    var page = records.list(new PageQuery(Widgets.TYPE, filter, List.of(), null, 100, true));

    assertThat(
            page.records().stream()
                .map(r -> (int) (r.record().id().getLeastSignificantBits() & 0xFF)))
        .isEqualTo(shown);
    assertThat(page.count()).isEqualTo(shown.size());
    assertThat(records.count(Widgets.TYPE, filter).count()).isEqualTo(shown.size());
  }

  @Test
  void values_that_do_not_fit_their_column_are_refused() {
    for (Filter wrong :
        List.of(
            is("size", Comparison.EQUAL, Value.text("9")),
            is("name", Comparison.EQUAL, Value.whole(9)),
            is("owner", Comparison.BEFORE, new Value.Guid(ID_A)),
            new Matches(column("size"), Part.START, "9"),
            matches(Part.START, "[z-a]"))) {
      assertThatThrownBy(() -> records.count(Widgets.TYPE, wrong))
          .isInstanceOf(BadQueryException.class);
    }
    assertThatThrownBy(() ->
            records.list(
                new PageQuery(
                    Widgets.TYPE,
                    null,
                    List.of(new Order(column("owner"), false)),
                    null,
                    1,
                    false)))
        .isInstanceOf(BadQueryException.class);
  }

  @Test
  void nothing_a_caller_sends_becomes_sql() {
    String hostile = "'; DELETE FROM view.record; SELECT pg_sleep(60) --\" $1 ? \\";
    var before = database.dump();

    for (Part part : Part.values()) {
      records.count(Widgets.TYPE, matches(part, hostile));
    }
    records.count(Widgets.TYPE, is("name", Comparison.EQUAL, Value.text(hostile)));
    records.count(Widgets.TYPE, new AnyOf(column("notes"), List.of(Value.text(hostile))));
    records.list(
        new PageQuery(
            Widgets.TYPE,
            null,
            List.of(new Order(column("name"), true)),
            new PageQuery.After(List.of(Value.text(hostile)), ID_A),
            10,
            true));
    records.rows(hostile, ID_A, 5);
    records.byId(new RecordRef(hostile, ID_A));

    assertThat(database.dump()).isEqualTo(before);
  }
}
