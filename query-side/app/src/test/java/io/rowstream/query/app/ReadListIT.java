package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter.Said;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadListIT {
  private static final UUID COMPANY = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]*)\"");
  private static final Pattern CHILDREN = Pattern.compile("\"numberofchildren\":(\\d+)");
  private static final int CONTACTS = 25;

  private static ReadServer server;
  private static long last;

  @BeforeAll
  static void start() {
    server = new ReadServer("rowstream.query.position-wait=300ms");
    server.define(Contacts.CONTACT);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    var said = new ArrayList<Said>();
    for (int i = 0; i < CONTACTS; i++) {
      said.add(
          new Said(
              Contacts.contact(i),
              new RecordCreated(
                  Map.of(
                      "fullname", Value.text((i % 2 == 0 ? "Even " : "odd ") + i),
                      "numberofchildren", Value.whole(i),
                      "creditlimit", new Value.Decimal(new BigDecimal(i + ".5")),
                      "donotemail", new Value.YesNo(i % 3 == 0),
                      "anniversary",
                          new Value.DateTime(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(i)),
                      "parentcustomerid",
                          new Value.Lookup(
                              new RecordRef(i % 2 == 0 ? "account" : "contact", COMPANY))))));
    }
    last = server.writer().append(said.toArray(Said[]::new));
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("contacts").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static List<Integer> children(HttpResponse<String> response) {
    return CHILDREN
        .matcher(response.body())
        .results()
        .map(m -> Integer.valueOf(m.group(1)))
        .toList();
  }

  private static String filter(String filter) {
    return "contacts?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }

  @Test
  void a_list_says_what_it_is_and_how_far_it_is() {
    var response =
        server.get("contacts?$select=fullname&$orderby=numberofchildren&$top=2&$count=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "OData-Version")).isEqualTo("4.0");
    assertThat(header(response, "Rowstream-Position")).isEqualTo(Long.toString(last));
    assertThat(header(response, "Content-Type"))
        .isEqualTo("application/json; odata.metadata=minimal");
    assertThat(response.body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#contacts(contactid,fullname)\",\"@odata.count\":25,\"value\":["
                + "{\"@odata.etag\":\"W/\\\"0\\\"\",\"contactid\":\""
                + Contacts.contact(0).id()
                + "\",\"fullname\":\"Even 0\"},"
                + "{\"@odata.etag\":\"W/\\\"0\\\"\",\"contactid\":\""
                + Contacts.contact(1).id()
                + "\",\"fullname\":\"odd 1\"}]}");
  }

  @Test
  void pages_follow_their_links_and_show_everything_once() {
    var shown = new ArrayList<Integer>();
    String next = "contacts?$orderby=fullname%20desc&$select=numberofchildren&$count=true";
    int pages = 0;
    while (next != null) {
      var page = server.get(next, "Prefer", "odata.maxpagesize=4");
      assertThat(header(page, "Preference-Applied")).isEqualTo("odata.maxpagesize=4");
      assertThat(page.body()).contains("\"@odata.count\":25");
      shown.addAll(children(page));
      pages++;
      var link = NEXT.matcher(page.body());
      next = link.find() ? link.group(1) : null;
      assertThat(next == null || next.startsWith(server.root() + "contacts?")).isTrue();
    }

    assertThat(pages).isEqualTo(7);
    assertThat(shown).hasSize(CONTACTS).doesNotHaveDuplicates();
    assertThat(shown).isEqualTo(children(server.get("contacts?$orderby=fullname%20desc")));
  }

  @Test
  void a_page_size_wins_over_top_and_top_ends_a_list() {
    assertThat(children(server.get("contacts?$top=3", "Prefer", "odata.maxpagesize=5"))).hasSize(5);
    var top = server.get("contacts?$top=3");
    assertThat(children(top)).hasSize(3);
    assertThat(top.body()).doesNotContain("nextLink");
    assertThat(server.get("contacts?$top=0").body()).endsWith("\"value\":[]}");
    assertThat(children(server.get("contacts?$top=100000"))).hasSize(CONTACTS);
  }

  @Test
  void a_link_is_good_for_its_own_query_only() {
    var page = server.get("contacts?$orderby=fullname", "Prefer", "odata.maxpagesize=4");
    var link = NEXT.matcher(page.body());
    assertThat(link.find()).isTrue();

    assertThat(server.get(link.group(1)).statusCode()).isEqualTo(200);
    assertThat(server.get(link.group(1).replace("fullname", "emailaddress1")).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fullname eq 'EVEN 4' | 1",
        "fullname ne 'EVEN 4' | 24",
        "contains(fullname,'DD 1') | 6",
        "startswith(fullname,'even') | 13",
        "endswith(fullname,'4') | 3",
        "not endswith(fullname,'4') | 22",
        "numberofchildren lt 3 | 3",
        "numberofchildren in (1,2,99) | 2",
        "numberofchildren ge 3 and numberofchildren le 5 | 3",
        "creditlimit gt 23.5 | 1",
        "donotemail eq true | 9",
        "anniversary lt 2020-01-01T00:00:03Z | 3",
        "_parentcustomerid_value eq aaaaaaaa-0000-4000-8000-000000000001 | 25",
        "_parentcustomerid_value eq 'aaaaaaaa-0000-4000-8000-000000000001' | 25",
        "emailaddress1 eq null | 25",
        "emailaddress1 ne null | 0",
        "versionnumber eq 0 | 25",
        "createdon gt 2020-01-01T00:00:00Z | 25",
        "_createdby_value eq 11111111-1111-4111-8111-111111111111 | 25",
        "fullname eq '''; DROP TABLE view.record; --' | 0",
        "contains(fullname,'%27 OR 1=1 --') | 0"
      })
  void a_filter_shows_what_it_says(String filter, int shown) {
    assertThat(children(server.get(filter(filter)))).hasSize(shown);
    assertThat(server.get(filter(filter).replace("contacts?", "contacts/$count?")).body())
        .isEqualTo(Integer.toString(shown));
    assertThat(server.get(filter(filter) + "&$count=true&$top=1").body())
        .contains("\"@odata.count\":" + shown + ",");
  }

  @Test
  void a_count_is_plain_text_with_a_position() {
    var response = server.get("contacts/$count");

    assertThat(response.body()).isEqualTo("25");
    assertThat(header(response, "Content-Type")).startsWith("text/plain");
    assertThat(header(response, "Rowstream-Position")).isEqualTo(Long.toString(last));
    assertThat(server.get("nothings/$count").statusCode()).isEqualTo(404);
    assertThat(server.get("nothings").body()).contains("0x80060888");
  }

  @Test
  void a_list_includes_the_position_it_is_asked_for_or_says_that_it_does_not_yet() {
    try (var own = new ReadServer("rowstream.query.position-wait=200ms")) {
      own.define(Contacts.CONTACT);
      for (int i = 0; i < 20; i++) {
        long position = own.create(Contacts.contact(i), Map.of("numberofchildren", Value.whole(i)));
        var response = own.get("contacts", "Rowstream-Min-Position", Long.toString(position));
        assertThat(children(response)).hasSize(i + 1);
        assertThat(Long.parseLong(header(response, "Rowstream-Position")))
            .isGreaterThanOrEqualTo(position);
      }
      own.bean(CurrentRecordsProjection.class).close();
      long missed = own.create(Contacts.contact(77), Map.of());

      for (String list : List.of("contacts", "contacts/$count")) {
        var refused = own.get(list, "Rowstream-Min-Position", Long.toString(missed));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(refused.body()).contains("0x80072322");
      }
      assertThat(own.get("contacts", "Rowstream-Min-Position", "-1").statusCode()).isEqualTo(400);
      assertThat(own.get("contacts", "Rowstream-Min-Position", "9".repeat(30)).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void hostile_text_anywhere_changes_nothing() throws Exception {
    String hostile =
        URLEncoder.encode(
            "'; DELETE FROM view.record; DROP TABLE log.event; --", StandardCharsets.UTF_8);
    for (String path :
        List.of(
            "contacts?$filter=fullname%20eq%20'" + hostile + "'",
            "contacts?$filter=" + hostile,
            "contacts?$orderby=" + hostile,
            "contacts?$select=" + hostile,
            "contacts?$skiptoken=" + hostile,
            "contacts?$top=" + hostile,
            "contacts?$count=" + hostile,
            "contacts(" + hostile + ")",
            "contacts(fullname='" + hostile + "')",
            "contacts(" + Contacts.contact(1).id() + ")/" + hostile,
            "contacts(" + Contacts.contact(1).id() + ")?rowstream.at=" + hostile,
            "contacts(" + Contacts.contact(1).id() + ")/rowstream.history?$skiptoken=" + hostile,
            hostile,
            hostile + "/$count")) {
      var response = server.get(path);
      assertThat(response.statusCode()).as(path).isBetween(200, 501).isNotEqualTo(500);
      assertThat(response.body()).as(path).startsWith("{");
    }

    assertThat(server.get("contacts/$count").body()).isEqualTo("25");
  }

  @Test
  void a_filter_beyond_its_bounds_is_refused() {
    String deep = "(".repeat(200) + "numberofchildren eq 1" + ")".repeat(200);
    String wide = "numberofchildren eq 1" + " or numberofchildren eq 1".repeat(600);

    assertThat(server.get(filter(deep)).statusCode()).isEqualTo(400);
    assertThat(server.get(filter(wide)).statusCode()).isEqualTo(400);
    assertThat(server.get("contacts?$filter=" + "x".repeat(20_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void answers_beyond_the_bound_are_refused_at_once() throws Exception {
    try (var own =
        new ReadServer("rowstream.query.answers-max=1", "rowstream.query.position-wait=5s")) {
      own.define(Contacts.CONTACT);
      Awaitility.await().until(() -> own.get("contacts").statusCode() == 200);
      var waiting =
          CompletableFuture.supplyAsync(
              () -> own.get("contacts", "Rowstream-Min-Position", "1000"));

      Awaitility.await().until(() -> own.get("contacts").statusCode() == 503);
      assertThat(own.get("contacts(" + Contacts.contact(1).id() + ")").statusCode())
          .as("a single record has a bound of its own")
          .isEqualTo(404);

      assertThat(waiting.join().statusCode()).isEqualTo(503);
      Awaitility.await().until(() -> own.get("contacts").statusCode() == 200);
    }
  }

  @Test
  void health_tells_about_the_feed_the_projection_and_the_watch() {
    var response = health(server);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"feed\"", "\"currentRecords\"", "\"watch\"", "FOLLOWING");
  }

  @Test
  void a_node_whose_feed_has_stopped_for_good_says_that_it_is_down() {
    try (var own = new ReadServer()) {
      own.database().execute("UPDATE log.head SET epoch = gen_random_uuid()");
      own.writer().append(Contacts.contact(1), new RecordCreated(Map.of()));

      Awaitility.await().until(() -> health(own).statusCode() == 503);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(Json.at(Json.object(health(own).body()), "components"))
                  .returns("DOWN", parts -> Json.at(parts, "feed", "status"))
                  .returns("DOWN", parts -> Json.at(parts, "watch", "status")));
    }
  }

  private static HttpResponse<String> health(ReadServer of) {
    return of.get(of.root().replace("api/data/v9.2/", "actuator/health"));
  }
}
