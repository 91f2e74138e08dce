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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
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

/// Query functions, checked against what plain Java says about random things.
class QueryFunctionsIT {
  private static final EntityType THING =
      EntityType.of(
              "thing",
              "things",
              "Thing",
              "name",
              new Attribute("name", "Name", new AttributeType.Text(100)),
              new Attribute("madeon", "Made on", new AttributeType.DateTime()),
              new Attribute("size", "Size", new AttributeType.WholeNumber(0, 100)),
              new Attribute(
                  "weight",
                  "Weight",
                  new AttributeType.Decimal(BigDecimal.ZERO, BigDecimal.TEN, 1)),
              new Attribute("fragile", "Fragile", new AttributeType.YesNo()),
              new Attribute("ownerid", "Owner", new AttributeType.Lookup(Set.of("systemuser"))),
              new Attribute("partid", "Part of", new AttributeType.Lookup(Set.of("thing"))))
          .with(new Relationship("thing_parts", "partid", "thing"));

  /// A Sunday that begins a month, and the last microsecond of a leap day.
  private static final List<Instant> NOWS =
      List.of(
          Instant.parse("2026-03-01T12:34:56.5Z"), Instant.parse("2024-02-29T23:59:59.999999Z"));

  private static final int THINGS = 250;
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

  private static final Map<RecordRef, Thing> MODEL = new HashMap<>();
  private static ReadServer server;

  record Thing(String name, Map<String, Value> values) {
    private @Nullable Instant madeOn() {
      return values.get("madeon") instanceof Value.DateTime(var at) ? at : null;
    }

    private long size() {
      return values.get("size") instanceof Value.Whole(long number) ? number : -1;
    }

    private @Nullable Thing whole() {
      return values.get("partid") instanceof Value.Lookup(var whole) ? MODEL.get(whole) : null;
    }

    private boolean is(String attribute, Value value) {
      return value.equals(values.get(attribute));
    }
  }

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.SYSTEM_USER);
    server.define(THING);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada")));
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea")));
    var random = Seed.ofThisRun().random();
    long last = 0;
    for (int i = 0; i < THINGS; i++) {
      var thing = thing(i, random);
      MODEL.put(ref(i), thing);
      last = server.create(ref(i), thing.values);
    }
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("things").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RecordRef ref(int i) {
    return new RecordRef("thing", new UUID(0x4000, 0x8000_0000_0000_0000L | i));
  }

  private static Thing thing(int i, Random random) {
    var values = new HashMap<String, Value>();
    String name = (random.nextBoolean() ? "N" : "n") + i;
    values.put("name", Value.text(name));
    if (random.nextInt(10) > 0) {
      values.put("madeon", new Value.DateTime(time(random)));
    }
    if (random.nextInt(10) > 0) {
      values.put("size", Value.whole(random.nextInt(10)));
      values.put("weight", new Value.Decimal(BigDecimal.valueOf(random.nextInt(30), 1)));
      values.put("fragile", new Value.YesNo(random.nextBoolean()));
      values.put(
          "ownerid",
          new Value.Lookup(Contacts.user(random.nextBoolean() ? ReadServer.ADA : ReadServer.BEA)));
    }
    if (i > 0) {
      values.put("partid", new Value.Lookup(ref(random.nextInt(i))));
    }
    return new Thing(name, values);
  }

  /// Often at the very edge of a day, week, month or year, or of now.
  private static Instant time(Random random) {
    var now = LocalDateTime.ofInstant(NOWS.get(random.nextInt(NOWS.size())), ZoneOffset.UTC);
    var day = now.truncatedTo(ChronoUnit.DAYS);
    var edge =
        switch (random.nextInt(6)) {
          case 0 -> now.plusHours(random.nextInt(-5, 6));
          case 1 -> now.plusDays(random.nextInt(-400, 400)).plusSeconds(random.nextInt(86_400));
          case 2 -> day.withDayOfYear(1).plusYears(random.nextInt(-2, 4));
          case 3 -> day.withDayOfMonth(1).plusMonths(random.nextInt(-3, 4));
          default -> day.plusDays(random.nextInt(-16, 17));
        };
    return edge.plus(random.nextInt(-1, 2), ChronoUnit.MICROS).toInstant(ZoneOffset.UTC);
  }

  record Case(String filter, BiPredicate<Thing, Instant> expected) {
    @Override
    public String toString() {
      return filter;
    }
  }

  private static Case about(String call, Predicate<Thing> expected) {
    return new Case("Microsoft.Dynamics.CRM." + call, (thing, _) -> expected.test(thing));
  }

  private interface Time {
    boolean fits(LocalDateTime at, LocalDateTime now);
  }

  private static Case made(String function, Time expected) {
    return new Case(
        "Microsoft.Dynamics.CRM." + function.replace("(", "(PropertyName='madeon'"),
        (thing, now) -> fits(thing.madeOn(), now, expected));
  }

  private static boolean fits(@Nullable Instant at, Instant now, Time expected) {
    return at != null
        && expected.fits(
            LocalDateTime.ofInstant(at, ZoneOffset.UTC),
            LocalDateTime.ofInstant(now, ZoneOffset.UTC));
  }

  private static long days(LocalDateTime at, LocalDateTime now) {
    return ChronoUnit.DAYS.between(now.toLocalDate(), at.toLocalDate());
  }

  private static long weeks(LocalDateTime at, LocalDateTime now) {
    return ChronoUnit.WEEKS.between(sunday(now), sunday(at));
  }

  private static LocalDate sunday(LocalDateTime at) {
    return at.toLocalDate().minusDays(at.getDayOfWeek().getValue() % 7);
  }

  private static long months(LocalDateTime at, LocalDateTime now) {
    return YearMonth.from(now).until(YearMonth.from(at), ChronoUnit.MONTHS);
  }

  private static long years(LocalDateTime at, LocalDateTime now) {
    return Year.from(now).until(Year.from(at), ChronoUnit.YEARS);
  }

  private static boolean since(LocalDateTime at, LocalDateTime from, LocalDateTime now) {
    return !at.toLocalDate().isBefore(from.toLocalDate()) && at.isBefore(now);
  }

  private static boolean until(LocalDateTime at, LocalDateTime to, LocalDateTime now) {
    return !at.toLocalDate().isAfter(to.toLocalDate()) && !at.isBefore(now);
  }

  static Stream<Case> times() {
    return Stream.of(
        made("Today()", (t, now) -> days(t, now) == 0),
        made("Yesterday()", (t, now) -> days(t, now) == -1),
        made("Tomorrow()", (t, now) -> days(t, now) == 1),
        made("Last7Days()", (t, now) -> since(t, now.minusDays(7), now)),
        made("Next7Days()", (t, now) -> until(t, now.plusDays(7), now)),
        made("LastWeek()", (t, now) -> weeks(t, now) == -1),
        made("ThisWeek()", (t, now) -> weeks(t, now) == 0),
        made("NextWeek()", (t, now) -> weeks(t, now) == 1),
        made("LastMonth()", (t, now) -> months(t, now) == -1),
        made("ThisMonth()", (t, now) -> months(t, now) == 0),
        made("NextMonth()", (t, now) -> months(t, now) == 1),
        made("LastYear()", (t, now) -> years(t, now) == -1),
        made("ThisYear()", (t, now) -> years(t, now) == 0),
        made("NextYear()", (t, now) -> years(t, now) == 1),
        made(
            "LastXHours(,PropertyValue=4)",
            (t, now) -> !t.isBefore(now.minusHours(4)) && t.isBefore(now)),
        made(
            "NextXHours(,PropertyValue='4')",
            (t, now) -> !t.isBefore(now) && t.isBefore(now.plusHours(4))),
        made("LastXDays(,PropertyValue=3)", (t, now) -> since(t, now.minusDays(3), now)),
        made("NextXDays(,PropertyValue=3)", (t, now) -> until(t, now.plusDays(3), now)),
        made("LastXWeeks(,PropertyValue=2)", (t, now) -> since(t, now.minusWeeks(2), now)),
        made("NextXWeeks(,PropertyValue=2)", (t, now) -> until(t, now.plusWeeks(2), now)),
        made("LastXMonths(,PropertyValue=1)", (t, now) -> since(t, now.minusMonths(1), now)),
        made("NextXMonths(,PropertyValue=1)", (t, now) -> until(t, now.plusMonths(1), now)),
        made("LastXYears(,PropertyValue=1)", (t, now) -> since(t, now.minusYears(1), now)),
        made("NextXYears(,PropertyValue=1)", (t, now) -> until(t, now.plusYears(1), now)),
        made("OlderThanXMinutes(,PropertyValue=90)", (t, now) -> t.isBefore(now.minusMinutes(90))),
        made("OlderThanXHours(,PropertyValue=4)", (t, now) -> t.isBefore(now.minusHours(4))),
        made("OlderThanXDays(,PropertyValue=3)", (t, now) -> t.isBefore(now.minusDays(3))),
        made("OlderThanXWeeks(,PropertyValue=1)", (t, now) -> t.isBefore(now.minusWeeks(1))),
        made("OlderThanXMonths(,PropertyValue=1)", (t, now) -> t.isBefore(now.minusMonths(1))),
        made("OlderThanXYears(,PropertyValue=1)", (t, now) -> t.isBefore(now.minusYears(1))),
        made(
            "On(,PropertyValue='2026-03-01')",
            (t, _) -> t.toLocalDate().equals(LocalDate.of(2026, 3, 1))),
        made(
            "OnOrAfter(,PropertyValue='2026-03-01')",
            (t, _) -> !t.toLocalDate().isBefore(LocalDate.of(2026, 3, 1))),
        made(
            "OnOrBefore(,PropertyValue=2026-03-01)",
            (t, _) -> !t.toLocalDate().isAfter(LocalDate.of(2026, 3, 1))));
  }

  static Stream<Case> values() {
    return Stream.of(
        about(
            "In(PropertyName='name',PropertyValues=['N1','n2',\"N3\",'; DROP TABLE view.record'])",
            t -> Set.of("n1", "n2", "n3").contains(t.name.toLowerCase(Locale.ROOT))),
        about(
            "In(PropertyName='size',PropertyValues=['3','5'])",
            t -> t.size() == 3 || t.size() == 5),
        about(
            "NotIn(PropertyName='size',PropertyValues=['3','5'])",
            t -> t.size() != 3 && t.size() != 5),
        about(
            "In(PropertyName='weight',PropertyValues=['1.50','2'])",
            t ->
                t.is("weight", new Value.Decimal(new BigDecimal("1.5")))
                    || t.is("weight", new Value.Decimal(BigDecimal.TWO))),
        about(
            "In(PropertyName='fragile',PropertyValues=['1'])",
            t -> t.is("fragile", new Value.YesNo(true))),
        about(
            "In(PropertyName='thingid',PropertyValues=['" + ref(1).id() + "'])",
            t -> t.name.endsWith("1") && t.name.length() == 2),
        about(
            "In(PropertyName='ownerid',PropertyValues=['{" + ReadServer.BEA + "}'])",
            t -> t.is("ownerid", new Value.Lookup(Contacts.user(ReadServer.BEA)))),
        about(
            "Between(PropertyName='size',PropertyValues=['2','6'])",
            t -> t.size() >= 2 && t.size() <= 6),
        about(
            "NotBetween(PropertyName='size',PropertyValues=['2','6'])",
            t -> t.size() < 2 || t.size() > 6),
        about(
            "Between(PropertyName='madeon',PropertyValues=['2024-01-01','2026-03-01'])",
            t ->
                t.madeOn() != null
                    && !t.madeOn().isBefore(Instant.parse("2024-01-01T00:00:00Z"))
                    && !t.madeOn().isAfter(Instant.parse("2026-03-01T00:00:00Z"))),
        about(
            "EqualUserId(PropertyName='ownerid')",
            t -> t.is("ownerid", new Value.Lookup(Contacts.user(ReadServer.ADA)))),
        about(
            "NotEqualUserId(PropertyName='_ownerid_value')",
            t -> !t.is("ownerid", new Value.Lookup(Contacts.user(ReadServer.ADA)))),
        about(
            "In(PropertyName='partid/size',PropertyValues=['4'])",
            t -> t.whole() != null && t.whole().size() == 4),
        new Case(
            "not Microsoft.Dynamics.CRM.ThisYear(PropertyName='partid/madeon')",
            (t, now) ->
                t.whole() == null
                    || !fits(t.whole().madeOn(), now, (at, then) -> years(at, then) == 0)),
        new Case(
            "thing_parts/any(p:p/Microsoft.Dynamics.CRM.In(PropertyName='size',PropertyValues=['4'])"
                + " and Microsoft.Dynamics.CRM.LastXYears(PropertyName='p/madeon',PropertyValue=1))",
            (t, now) ->
                MODEL.values().stream()
                    .anyMatch(p ->
                        Objects.equals(p.whole(), t)
                            && p.size() == 4
                            && fits(
                                p.madeOn(),
                                now,
                                (at, then) -> since(at, then.minusYears(1), then)))));
  }

  @ParameterizedTest
  @MethodSource({"times", "values"})
  void a_function_shows_what_the_model_has(Case each) {
    for (Instant now : NOWS) {
      server.clock().set(now);

      assertThat(names(each.filter))
          .as("at %s", now)
          .containsExactlyInAnyOrderElementsOf(
              MODEL.values().stream()
                  .filter(thing -> each.expected.test(thing, now))
                  .map(Thing::name)
                  .toList());
    }
  }

  private static List<String> names(String filter, String... headers) {
    var answer =
        server.get(
            "things?$select=name&$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8),
            headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return NAME.matcher(answer.body()).results().map(found -> found.group(1)).toList();
  }

  @Test
  void the_caller_is_the_one_the_request_names() {
    assertThat(
            names(
                "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')",
                "MSCRMCallerID",
                ReadServer.BEA.toString()))
        .containsExactlyInAnyOrderElementsOf(names("_ownerid_value eq " + ReadServer.BEA))
        .isNotEmpty();
  }

  @Test
  void what_the_service_notes_can_be_asked_about_and_counted() {
    server.clock().set(Instant.now().plus(Duration.ofMinutes(1)));
    String recent = "Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue=1)";

    assertThat(names(recent)).hasSize(THINGS);
    var count =
        server.get("things/$count?$filter=" + URLEncoder.encode(recent, StandardCharsets.UTF_8));
    assertThat(count.body()).isEqualTo(Integer.toString(THINGS));
    server.clock().advance(Duration.ofHours(2));
    assertThat(names(recent)).isEmpty();
  }

  @Test
  void pages_follow_their_links_while_the_clock_goes_on() {
    server.clock().set(NOWS.getFirst());
    String filter = "Microsoft.Dynamics.CRM.OlderThanXDays(PropertyName='madeon',PropertyValue=1)";
    var shown = new ArrayList<String>();
    String next =
        "things?$select=name&$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    while (next != null) {
      var page = server.get(next, "Prefer", "odata.maxpagesize=20");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      NAME.matcher(page.body()).results().forEach(found -> shown.add(found.group(1)));
      var link = Pattern.compile("\"@odata.nextLink\":\"([^\"]*)\"").matcher(page.body());
      next = link.find() ? link.group(1) : null;
      server.clock().advance(Duration.ofMillis(1));
    }

    assertThat(shown).containsExactlyInAnyOrderElementsOf(names(filter)).isNotEmpty();
  }
}
