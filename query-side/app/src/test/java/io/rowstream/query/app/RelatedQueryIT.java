package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries across lookups, checked against a model of random firms and people who refer to each
/// other, move on, and are deleted.
class RelatedQueryIT {
  static final EntityType FIRM =
      EntityType.of(
          "firm",
          "firms",
          "Firm",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(100)),
          new Attribute("size", "Size", new AttributeType.WholeNumber(0, 1_000)),
          new Attribute("chiefid", "Chief", new AttributeType.Lookup(Set.of("person"))));

  static final EntityType PERSON =
      EntityType.of(
              "person",
              "persons",
              "Person",
              "name",
              new Attribute("name", "Name", new AttributeType.Text(100)),
              new Attribute("age", "Age", new AttributeType.WholeNumber(0, 200)),
              new Attribute(
                  "belongsid", "Belongs to", new AttributeType.Lookup(Set.of("firm", "person"))))
          .with(new Relationship("firm_people", "belongsid", "firm"));

  private static final int FIRMS = 12;
  private static final int PEOPLE = 40;
  private static final int STEPS = 300;
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");
  private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]*)\"");

  private static final Map<RecordRef, Row> MODEL = new LinkedHashMap<>();
  private static ReadServer server;

  /// A record as the model has it.
  static final class Row {
    private final Map<String, Value> values = new HashMap<>();
    private boolean deleted;

    private String name() {
      return ((Value.Text) Objects.requireNonNull(values.get("name"))).text();
    }

    private long number(String attribute) {
      return values.get(attribute) instanceof Value.Whole(long number) ? number : -1;
    }

    private long number(String lookup, String type, String attribute) {
      var found = at(lookup, type);
      return found == null ? -1 : found.number(attribute);
    }

    private @Nullable Row at(String lookup, String type) {
      return values.get(lookup) instanceof Value.Lookup(var target)
              && target.entityType().equals(type)
              && !Objects.requireNonNull(MODEL.get(target)).deleted
          ? MODEL.get(target)
          : null;
    }
  }

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.SYSTEM_USER);
    server.define(FIRM);
    server.define(PERSON);
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < FIRMS + PEOPLE; i++) {
      create(i < FIRMS ? "firm" : "person", i, random);
    }
    long last = 0;
    for (int i = 0; i < STEPS; i++) {
      last = step(random);
    }
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("persons").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void create(String type, int i, Random random) {
    var row = new Row();
    row.values.put("name", Value.text((random.nextBoolean() ? "N" : "n") + i));
    row.values.put(type.equals("firm") ? "size" : "age", Value.whole(random.nextInt(10)));
    var record = new RecordRef(type, new UUID(0x4000, 0x8000_0000_0000_0000L | i));
    server.create(record, row.values);
    MODEL.put(record, row);
  }

  private static long step(Random random) {
    var records = new ArrayList<>(MODEL.keySet());
    var record = records.get(random.nextInt(records.size()));
    var row = Objects.requireNonNull(MODEL.get(record));
    if (row.deleted) {
      row.deleted = false;
      return server.create(record, row.values);
    }
    if (random.nextInt(20) == 0) {
      row.deleted = true;
      var gone = new HashMap<>(row.values);
      row.values.keySet().retainAll(Set.of("name"));
      return server.writer().append(record, new RecordDeleted(gone, false, Set.of()));
    }
    String lookup = record.entityType().equals("firm") ? "chiefid" : "belongsid";
    var target = records.get(random.nextInt(records.size()));
    boolean fits = lookup.equals("belongsid") || target.entityType().equals("person");
    Value before = row.values.getOrDefault(lookup, Value.empty());
    boolean leaves = !fits || (!before.isEmpty() && random.nextInt(4) == 0);
    Value after = leaves ? Value.empty() : new Value.Lookup(target);
    if (after.equals(before)) {
      return step(random);
    }
    row.values.put(lookup, after);
    return server
        .writer()
        .append(
            record,
            new RecordUpdated(Map.of(lookup, new Change(before, after)), false, false, Set.of()));
  }

  private static Stream<Row> rows(String type) {
    return MODEL.entrySet().stream()
        .filter(entry -> entry.getKey().entityType().equals(type) && !entry.getValue().deleted)
        .map(Map.Entry::getValue);
  }

  private static Stream<Row> peopleOf(Row firm) {
    return rows("person").filter(person -> person.at("belongsid", "firm") == firm);
  }

  private static boolean named(@Nullable Row row, String name) {
    return row != null && row.name().equalsIgnoreCase(name);
  }

  record Case(String set, String filter, Predicate<Row> expected) {
    @Override
    public String toString() {
      return set + ": " + filter;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("firms", "chiefid/age ge 5", r -> age(r) >= 5),
        new Case("firms", "chiefid/age lt 5", r -> age(r) >= 0 && age(r) < 5),
        new Case("firms", "not (chiefid/age ge 5)", r -> age(r) < 5),
        new Case("firms", "chiefid/name eq null", r -> r.at("chiefid", "person") == null),
        new Case("firms", "chiefid/name ne 'n20'", r -> !named(r.at("chiefid", "person"), "n20")),
        new Case("firms", "startswith(chiefid/name,'n1')", RelatedQueryIT::chiefStartsWithN1),
        new Case("firms", "chiefid/belongsid_firm/name ne null", r -> home(r) != null),
        new Case("persons", "belongsid_firm/size gt 3", r -> size(r) > 3),
        new Case(
            "persons",
            "belongsid_firm/size gt 3 or age eq 1",
            r -> size(r) > 3 || r.number("age") == 1),
        new Case(
            "persons",
            "belongsid_person/age gt 3",
            r -> r.number("belongsid", "person", "age") > 3),
        new Case("firms", "createdby/fullname eq null", _ -> true),
        new Case("firms", "firm_people/any()", r -> peopleOf(r).findAny().isPresent()),
        new Case("firms", "not firm_people/any()", r -> peopleOf(r).findAny().isEmpty()),
        new Case(
            "firms",
            "firm_people/any(p:p/age gt 4)",
            r -> peopleOf(r).anyMatch(p -> p.number("age") > 4)),
        new Case(
            "firms",
            "firm_people/all(p:p/age gt 4)",
            r -> peopleOf(r).allMatch(p -> p.number("age") > 4)),
        new Case(
            "firms",
            "firm_people/any(p:p/age gt 4 and p/name ne 'n15') and size ge 2",
            r ->
                r.number("size") >= 2
                    && peopleOf(r).anyMatch(p -> p.number("age") > 4 && !named(p, "n15"))),
        new Case(
            "persons",
            "belongsid_firm/firm_people/any(p:p/age eq 9)",
            r ->
                rows("firm")
                    .filter(f -> r.at("belongsid", "firm") == f)
                    .flatMap(RelatedQueryIT::peopleOf)
                    .anyMatch(p -> p.number("age") == 9)),
        new Case(
            "firms",
            "firm_people/any(p:p/person_person_belongsid/any(q:q/age ge 1))",
            r ->
                peopleOf(r)
                    .anyMatch(p ->
                        rows("person")
                            .anyMatch(
                                q -> q.at("belongsid", "person") == p && q.number("age") >= 1))),
        new Case(
            "firms",
            "firm_people/any(p:p/belongsid_firm/size gt 3)",
            r -> r.number("size") > 3 && peopleOf(r).findAny().isPresent()));
  }

  private static long age(Row firm) {
    return firm.number("chiefid", "person", "age");
  }

  private static long size(Row person) {
    return person.number("belongsid", "firm", "size");
  }

  private static @Nullable Row home(Row firm) {
    var chief = firm.at("chiefid", "person");
    return chief == null ? null : chief.at("belongsid", "firm");
  }

  private static boolean chiefStartsWithN1(Row firm) {
    var chief = firm.at("chiefid", "person");
    return chief != null && chief.name().toLowerCase(Locale.ROOT).startsWith("n1");
  }

  private static List<String> names(String body) {
    return NAME.matcher(body).results().map(found -> found.group(1)).toList();
  }

  private static String query(String set, String filter) {
    return set + "?$select=name&$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_filter_shows_what_the_model_has(Case each) {
    var answer = server.get(query(each.set, each.filter));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(names(answer.body()))
        .containsExactlyInAnyOrderElementsOf(
            rows(each.set.substring(0, each.set.length() - 1))
                .filter(each.expected)
                .map(Row::name)
                .toList());
  }

  @Test
  void a_lookup_finds_those_that_refer() {
    for (var target : MODEL.keySet()) {
      var answer = server.get(query("persons", "_belongsid_value eq " + target.id()));
      assertThat(names(answer.body()))
          .containsExactlyInAnyOrderElementsOf(
              rows("person")
                  .filter(r ->
                      r.values.get("belongsid") instanceof Value.Lookup(var to)
                          && to.id().equals(target.id()))
                  .map(Row::name)
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%20desc"})
  void pages_ordered_by_a_related_record_show_everything_once(String direction) {
    var shown = new ArrayList<String>();
    String next = "persons?$select=name&$orderby=belongsid_firm/name" + direction + ",age";
    while (next != null) {
      var page = server.get(next, "Prefer", "odata.maxpagesize=3");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      shown.addAll(names(page.body()));
      var link = NEXT.matcher(page.body());
      next = link.find() ? link.group(1) : null;
    }

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(rows("person").map(Row::name).toList())
        .containsExactlyElementsOf(
            names(
                server
                    .get("persons?$select=name&$orderby=belongsid_firm/name" + direction + ",age")
                    .body()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_belongsid_value",
        "_belongsid_value%20desc",
        "belongsid_firm",
        "belongsid_person%20desc",
        "belongsid_firm/chiefid",
        "createdby"
      })
  void a_lookup_is_sorted_by_the_name_of_what_it_refers_to(String orderBy) {
    var shown = new ArrayList<String>();
    String next = "persons?$select=name&$orderby=" + orderBy;
    while (next != null) {
      var page = server.get(next, "Prefer", "odata.maxpagesize=3");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      shown.addAll(names(page.body()));
      var link = NEXT.matcher(page.body());
      next = link.find() ? link.group(1) : null;
    }

    var byName = Comparator.comparing((Row person) -> sortedBy(person, orderBy));
    assertThat(shown)
        .containsExactlyElementsOf(
            rows("person")
                .sorted(orderBy.endsWith("desc") ? byName.reversed() : byName)
                .map(Row::name)
                .toList());
  }

  /// What is first has no name. People follow each other by id in the model, too.
  private static String sortedBy(Row person, String orderBy) {
    var firm = person.at("belongsid", "firm");
    var boss = person.at("belongsid", "person");
    var found =
        switch (orderBy.replace("%20desc", "")) {
          case "_belongsid_value" -> firm == null ? boss : firm;
          case "belongsid_firm" -> firm;
          case "belongsid_person" -> boss;
          case "belongsid_firm/chiefid" -> firm == null ? null : firm.at("chiefid", "person");
          default -> null;
        };
    return found == null ? "" : found.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void a_query_looks_at_a_bounded_number_of_related_records() {
    var many = new ArrayList<String>();
    for (int i = 0; i <= 15; i++) {
      many.add("firm_people/any(p:p/age eq " + i + ")");
    }

    assertThat(server.get(query("firms", String.join(" or ", many.subList(0, 15)))).statusCode())
        .isEqualTo(200);
    var refused = server.get(query("firms", String.join(" or ", many)));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80060888");
  }
}
