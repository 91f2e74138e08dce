package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.testkit.Seed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `$apply`, checked against what plain Java makes of random deals.
class ApplyIT {
  private static final EntityType DEAL =
      EntityType.of(
              "deal",
              "deals",
              "Deal",
              "name",
              new Attribute("name", "Name", new AttributeType.Text(100)),
              new Attribute("city", "City", new AttributeType.Text(100)),
              new Attribute("pieces", "Pieces", new AttributeType.WholeNumber(0, 1_000)),
              new Attribute(
                  "value",
                  "Value",
                  new AttributeType.Money(BigDecimal.ZERO, new BigDecimal("1000000"), 2)),
              new Attribute("won", "Won", new AttributeType.YesNo()),
              new Attribute("stage", "Stage", new AttributeType.Choice(Map.of(1, "New", 2, "Old"))),
              new Attribute("closed", "Closed", new AttributeType.DateTime()),
              new Attribute("parentid", "Part of", new AttributeType.Lookup(Set.of("deal"))))
          .with(new Relationship("deal_parts", "parentid", "deal"));

  private static final int DEALS = 120;
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]*)\"");
  private static final Pattern GROUP = Pattern.compile("\\{[^{}]*\\}");

  private static final Map<RecordRef, Deal> MODEL = new HashMap<>();
  private static ReadServer server;

  record Deal(int number, Map<String, Value> values) {
    private Optional<String> city() {
      return values.get("city") instanceof Value.Text(String city)
          ? Optional.of(city)
          : Optional.empty();
    }

    private Optional<Long> pieces() {
      return values.get("pieces") instanceof Value.Whole(long pieces)
          ? Optional.of(pieces)
          : Optional.empty();
    }

    private Optional<BigDecimal> value() {
      return values.get("value") instanceof Value.Decimal(BigDecimal value)
          ? Optional.of(value)
          : Optional.empty();
    }

    private Optional<Deal> parent() {
      return values.get("parentid") instanceof Value.Lookup(var parent)
          ? Optional.ofNullable(MODEL.get(parent))
          : Optional.empty();
    }

    /// A number or a yes or no, as JSON has it; nothing for nothing.
    private String json(String attribute) {
      return switch (values.getOrDefault(attribute, Value.empty())) {
        case Value.Whole(long number) -> Long.toString(number);
        case Value.YesNo(boolean yes) -> Boolean.toString(yes);
        case Value _ -> "";
      };
    }
  }

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(DEAL);
    var random = Seed.ofThisRun().random();
    long last = 0;
    for (int i = 0; i < DEALS; i++) {
      var deal = new Deal(i, values(i, random));
      MODEL.put(ref(i), deal);
      last = server.create(ref(i), deal.values);
    }
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("deals").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RecordRef ref(int i) {
    return new RecordRef("deal", new UUID(0x4000, 0x8000_0000_0000_0000L | i));
  }

  private static Map<String, Value> values(int i, Random random) {
    var values = new HashMap<String, Value>();
    values.put("name", Value.text("d" + i));
    if (random.nextInt(8) > 0) {
      values.put(
          "city",
          Value.text(List.of("Porto", "Lund", "Bonn", "O'Hara \"x\"").get(random.nextInt(4))));
    }
    if (random.nextInt(8) > 0) {
      values.put("pieces", Value.whole(random.nextInt(5)));
      values.put("value", new Value.Decimal(BigDecimal.valueOf(random.nextInt(100_000), 2)));
    }
    if (random.nextInt(8) > 0) {
      values.put("won", new Value.YesNo(random.nextBoolean()));
      values.put("stage", Value.whole(random.nextInt(1, 3)));
      values.put("closed", new Value.DateTime(EPOCH.plusMillis(random.nextInt(1_000_000_000))));
    }
    if (i > 0 && random.nextInt(4) > 0) {
      values.put("parentid", new Value.Lookup(ref(random.nextInt(Math.min(i, 6)))));
    }
    return values;
  }

  private static String path(String apply) {
    return "deals?$apply=" + URLEncoder.encode(apply, StandardCharsets.UTF_8);
  }

  private static List<String> groups(String path) {
    var answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return groupsOf(answer.body());
  }

  private static List<String> groupsOf(String body) {
    String value = body.substring(body.indexOf("\"value\":["));
    return GROUP.matcher(value).results().map(found -> found.group()).toList();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  /// What a group shows, without what it has no value for.
  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .filter(member -> !member.getValue().isEmpty())
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  record Case(String apply, Function<Deal, List<String>> key, List<String> names) {
    @Override
    public String toString() {
      return apply;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("groupby((stage),%s)", deal -> List.of(deal.json("stage")), List.of("stage")),
        new Case(
            "groupby((won,pieces),%s)",
            deal -> List.of(deal.json("won"), deal.json("pieces")), List.of("won", "pieces")),
        new Case(
            "groupby((city),%s)",
            deal -> List.of(deal.city().map(ApplyIT::quoted).orElse("")), List.of("city")),
        new Case(
            "groupby((_parentid_value),%s)",
            deal ->
                List.of(deal.parent().map(it -> quoted(ref(it.number).id().toString())).orElse("")),
            List.of("_parentid_value")),
        new Case(
            "groupby((parentid/pieces,stage),%s)",
            deal ->
                List.of(deal.parent().map(it -> it.json("pieces")).orElse(""), deal.json("stage")),
            List.of("deal_pieces", "stage")));
  }

  private static final String AGGREGATES =
      "aggregate($count as n,value with sum as total,value with average as mean,"
          + "pieces with min as least,pieces with max as most,city with countdistinct as cities)";

  private static Map<String, String> aggregates(List<Deal> deals) {
    var values = deals.stream().flatMap(deal -> deal.value().stream()).toList();
    var pieces = deals.stream().flatMap(deal -> deal.pieces().stream()).sorted().toList();
    var sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    var members = new LinkedHashMap<String, String>();
    members.put("n", Integer.toString(deals.size()));
    if (!values.isEmpty()) {
      var mean = sum.divide(BigDecimal.valueOf(values.size()), 10, RoundingMode.HALF_UP);
      members.put("total", plain(sum));
      members.put("mean", plain(mean));
    }
    if (!pieces.isEmpty()) {
      members.put("least", pieces.getFirst().toString());
      members.put("most", pieces.getLast().toString());
    }
    long cities = deals.stream().flatMap(deal -> deal.city().stream()).distinct().count();
    members.put("cities", Long.toString(cities));
    return members;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void groups_tell_what_the_model_has(Case each) {
    Map<List<String>, List<Deal>> expected =
        MODEL.values().stream().collect(Collectors.groupingBy(each.key));
    var shown =
        expected.entrySet().stream()
            .map(group -> {
              var members = new LinkedHashMap<String, String>();
              IntStream.range(0, each.names.size())
                  .forEach(i -> members.put(each.names.get(i), group.getKey().get(i)));
              members.putAll(aggregates(group.getValue()));
              return json(members);
            })
            .toList();

    assertThat(groups(path(each.apply.formatted(AGGREGATES))))
        .containsExactlyInAnyOrderElementsOf(shown);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pages_of_groups_show_every_group_once(Case each) {
    String apply = path(each.apply.formatted("aggregate($count as n)"));
    var shown = new ArrayList<String>();
    String next = apply;
    while (next != null) {
      var page = server.get(next, "Prefer", "odata.maxpagesize=2");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(groupsOf(page.body())).hasSizeLessThanOrEqualTo(2);
      shown.addAll(groupsOf(page.body()));
      var link = NEXT.matcher(page.body());
      next = link.find() ? link.group(1) : null;
    }

    assertThat(shown).isEqualTo(groups(apply)).doesNotHaveDuplicates();
  }

  @Test
  void one_group_of_all_is_there_even_of_none() {
    assertThat(groups(path(AGGREGATES)))
        .containsExactly(json(aggregates(List.copyOf(MODEL.values()))));
    assertThat(groups(path("filter(city eq 'nowhere')/" + AGGREGATES)))
        .containsExactly("{\"n\":0,\"cities\":0}");
    assertThat(groups(path("filter(city eq 'nowhere')/groupby((city)," + AGGREGATES + ")")))
        .isEmpty();
  }

  @Test
  void records_are_filtered_before_they_are_grouped() {
    long lund =
        MODEL.values().stream()
            .filter(deal -> deal.city().equals(Optional.of("Lund")) && deal.parent().isPresent())
            .count();
    List<String> expected = List.of("{\"n\":" + lund + "}");

    assertThat(
            groups(
                path(
                    "filter(city eq 'LUND')/filter(parentid/name ne null)/aggregate($count as n)")))
        .isEqualTo(expected);
    assertThat(
            groups(
                path("filter(city eq @c)/aggregate($count as n)")
                    + "&$filter=_parentid_value%20ne%20null&@c='Lund'"))
        .isEqualTo(expected);
    assertThat(groups("deals(" + ref(0).id() + ")/deal_parts?$apply=aggregate($count%20as%20n)"))
        .containsExactly(
            "{\"n\":"
                + MODEL.values().stream()
                    .filter(deal -> deal.parent().filter(it -> it.number == 0).isPresent())
                    .count()
                + "}");
    assertThat(server.get(path("filter(city eq 'Lund')")).body()).contains("\"name\":\"d");
  }

  @Test
  void texts_that_differ_in_case_only_are_one_group() {
    try (var own = new ReadServer()) {
      own.define(DEAL);
      own.create(ref(1), Map.of("city", Value.text("Lund")));
      long last = own.create(ref(2), Map.of("city", Value.text("LUND")));
      own.awaitCaughtUp(last);
      Awaitility.await().until(() -> own.get("deals").statusCode() == 200);

      assertThat(
              groupsOf(own.get(path("groupby((city),aggregate($count as n))")).body())
                  .toString()
                  .toLowerCase(Locale.ROOT))
          .isEqualTo("[{\"city\":\"lund\",\"n\":2}]");
    }
  }

  @Test
  void times_have_a_first_and_a_last() {
    var closed = new TreeMap<Instant, Deal>();
    MODEL
        .values()
        .forEach(deal -> {
          if (deal.values.get("closed") instanceof Value.DateTime(var at)) {
            closed.put(at, deal);
          }
        });

    assertThat(groups(path("aggregate(closed with min as first,closed with max as last)")))
        .containsExactly(
            "{\"first\":\"%s\",\"last\":\"%s\"}"
                .formatted(seconds(closed.firstKey()), seconds(closed.lastKey())));
    assertThat(groups(path("aggregate(createdon with max as last)")).getFirst())
        .matches("\\{\"last\":\"[0-9T:-]+Z\"\\}");
  }

  private static Instant seconds(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }

  @Test
  void the_answer_is_of_the_shape_dataverse_gives_it() {
    var answer =
        server.get(
            path(
                "filter(stage eq 1 and parentid/name ne null)"
                    + "/groupby((stage,won,_parentid_value),aggregate(value with max as best,$count as n))"),
            "Prefer",
            "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Rowstream-Position")).isPresent();
    assertThat(answer.body())
        .startsWith("{\"@odata.context\":\"" + server.root() + "$metadata#deals\",\"value\":[{")
        .contains(
            "\"stage@OData.Community.Display.V1.FormattedValue\":\"New\",\"stage\":1,",
            "\"_parentid_value@OData.Community.Display.V1.FormattedValue\":\"d",
            "\"n@OData.Community.Display.V1.FormattedValue\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groupby((closed))",
        "groupby((createdon))",
        "groupby((nothing))",
        "aggregate(name with sum as x)",
        "groupby((stage))/filter(stage eq 1)",
        "groupby((stage),aggregate($count as stage))"
      })
  void what_cannot_be_told_is_refused(String apply) {
    var refused = server.get(path(apply));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80060888");
  }

  @Test
  void options_that_say_nothing_about_groups_are_refused() {
    for (String option : List.of("$orderby=stage", "$top=1", "$count=true", "$select=stage")) {
      assertThat(server.get(path("groupby((stage))") + "&" + option).statusCode()).isEqualTo(400);
    }
  }
}
