package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases get their numbers when they are created.
class AutoNumberIT {
  private static final Pattern NUMBER = Pattern.compile("\"ticketnumber\":\"([^\"]*)\"");
  private static final Pattern RUNNING = Pattern.compile("CAS-([0-9]{5,})-[A-Z0-9]{6}");
  private static final String PREFER = "return=representation";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_number_is_in_the_answer_in_the_record_and_in_its_history() throws Exception {
    var created = create("{\"title\":\"Bent\"}");
    var id = Json.at(Json.object(created.body()), "incidentid");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(number(created)).matches(RUNNING);
    assertThat(number(service.get("incidents(" + id + ")"))).isEqualTo(number(created));
    assertThat(service.get("incidents(" + id + ")/rowstream.history").body())
        .contains(number(created));
    assertThat(number(create("{\"title\":\"Bent\",\"ticketnumber\":null}"))).startsWith("CAS-");
  }

  @Test
  void a_number_the_client_sends_is_kept() throws Exception {
    long next = next();

    assertThat(number(create("{\"ticketnumber\":\"OLD-7\"}"))).isEqualTo("OLD-7");
    assertThat(number(create("{\"ticketnumber\":\"\"}"))).isEmpty();
    assertThat(next()).isEqualTo(next);
  }

  @Test
  void fifty_clients_at_once_get_fifty_numbers() throws Exception {
    long next = next();

    var outcomes = Rendezvous.race(50, () -> create("{}"));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(Outcome.returned(outcomes).stream().map(AutoNumberIT::running))
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= next && number < next + 50);
  }

  @Test
  void a_create_repeated_under_its_key_gets_the_first_number_again() throws Exception {
    String[] headers = {"Prefer", PREFER, "Idempotency-Key", UUID.randomUUID().toString()};

    var first = service.send("POST", "incidents", "{}", headers);
    create("{}");
    var again = service.send("POST", "incidents", "{}", headers);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void each_member_of_a_change_set_gets_its_own_number() throws Exception {
    String post = Batches.post("incidents", "{}", "Prefer: " + PREFER);

    var answer = service.batch(Batches.of(Batches.changeSet(post, post, post)));

    var numbers =
        NUMBER.matcher(answer.body()).results().map(found -> found.group(1)).distinct().toList();
    assertThat(numbers).hasSize(3).allMatch(number -> number.startsWith("CAS-"));
  }

  @Test
  void an_administrator_says_where_numbers_go_on() throws Exception {
    long seed = next() + 10_000;

    var set = act("SetAutoNumberSeed", "Incident", "TicketNumber", Long.toString(seed));

    assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
    assertThat(set.body()).isEmpty();
    assertThat(act("GetAutoNumberSeed", "incident", "ticketnumber", null).body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + service.root()
                + "$metadata#Microsoft.Dynamics.CRM.GetAutoNumberSeedResponse\","
                + "\"AutoNumberSeedValue\":"
                + seed
                + "}");
    assertThat(next()).isEqualTo(seed);
    assertThat(running(create("{}"))).isEqualTo(seed);
    assertThat(next()).isEqualTo(seed + 1);

    var below = act("SetAutoNumberSeed", "incident", "ticketnumber", Long.toString(seed));
    assertThat(below.statusCode()).isEqualTo(400);
    assertThat(below.body())
        .contains("\"code\":\"0x80040203\"")
        .contains("Numbers do not repeat: " + seed + " has been given already");
    assertThat(next()).isEqualTo(seed + 1);
  }

  @Test
  void a_batch_repeated_under_its_key_sets_its_seed_once() throws Exception {
    String seed = Long.toString(next() + 10_000);
    String batch =
        Batches.of(
            Batches.single(
                Batches.post("SetAutoNumberSeed", body("incident", "ticketnumber", seed))),
            Batches.single(Batches.post("incidents", "{}")),
            Batches.single(
                Batches.post("GetNextAutoNumberValue", body("incident", "ticketnumber", null))));
    String key = UUID.randomUUID().toString();

    var first = service.batch(batch, "Idempotency-Key", key);
    var again = service.batch(batch, "Idempotency-Key", key);

    assertThat(RunningService.statuses(first)).containsExactly(204, 204, 200);
    assertThat(RunningService.statuses(again)).containsExactly(204, 204, 200);
    assertThat(next()).isEqualTo(Long.parseLong(seed) + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          404 | 0x80040217 | {"EntityName":"nosuch","AttributeName":"ticketnumber","Value":1}
          400 | 0x80060884 | {"EntityName":"incident","AttributeName":"nosuch","Value":1}
          400 | 0x80060884 | {"EntityName":"incident","AttributeName":"title","Value":1}
          400 | 0x80060884 | {"EntityName":"incident","AttributeName":"statecode","Value":1}
          400 | 0x80060884 | {"EntityName":"incident","AttributeName":"","Value":1}
          404 | 0x80040217 | {"EntityName":"'; DROP TABLE log.event --","AttributeName":"x","Value":1}
          400 | 0x80040203 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":-1}
          400 | 0x80040203 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":1000000000000000000}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":9223372036854775808}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":1e99999}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":1.5}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":"1"}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":null}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber"}
          400 | 0x80048d19 | {"EntityName":"incident","Value":1}
          400 | 0x80048d19 | {"AttributeName":"ticketnumber","Value":1}
          400 | 0x80048d19 | {"EntityName":7,"AttributeName":"ticketnumber","Value":1}
          400 | 0x80048d19 | {"EntityName":"incident","AttributeName":"ticketnumber","Value":1,"More":1}
          400 | 0x80048d19 | {"EntityName":"incident","EntityName":"incident"}
          400 | 0x80048d19 | []
          400 | 0x80048d19 | ``
          """)
  void what_makes_no_sense_is_refused_and_changes_nothing(int status, String code, String body)
      throws Exception {
    long next = next();

    var answer = service.send("POST", "SetAutoNumberSeed", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(next()).isEqualTo(next);
  }

  @Test
  void other_ways_of_asking_are_refused() throws Exception {
    String body = body("incident", "ticketnumber", "999999");

    for (String method : List.of("PATCH", "PUT", "DELETE")) {
      assertThat(service.send(method, "SetAutoNumberSeed", body).statusCode()).isEqualTo(405);
    }
    for (var wrong :
        List.of(
            service.get("SetAutoNumberSeed"),
            service.send("POST", "setautonumberseed", body),
            service.send("POST", "SetAutoNumberSeed?$top=1", body),
            service.send("POST", "SetAutoNumberSeed", body, "If-Match", "W/\"1\""),
            service.send("POST", "SetAutoNumberSeed", " ".repeat(17_000) + body),
            service.send("POST", "GetAutoNumberSeed", body),
            service.send(
                "POST", "SetAutoNumberSeed", body, "MSCRMCallerID", UUID.randomUUID().toString()),
            service.batch(
                Batches.of(Batches.changeSet(Batches.post("SetAutoNumberSeed", body)))))) {
      assertThat(wrong.statusCode()).as(wrong.body()).isBetween(400, 499);
    }
    assertThat(next()).isLessThan(999_999);
  }

  @Test
  void metadata_shows_the_format() throws Exception {
    assertThat(
            service
                .get(
                    "EntityDefinitions(LogicalName='incident')/Attributes(LogicalName='ticketnumber')"
                        + "/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=AutoNumberFormat")
                .body())
        .contains("\"AutoNumberFormat\":\"CAS-{SEQNUM:5}-{RANDSTRING:6}\"");
  }

  private static HttpResponse<String> create(String json) throws Exception {
    return service.send("POST", "incidents", json, "Prefer", PREFER);
  }

  private static long next() throws Exception {
    var answer = act("GetNextAutoNumberValue", "incident", "ticketnumber", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Long.parseLong(String.valueOf(Json.object(answer.body()).get("NextAutoNumberValue")));
  }

  private static HttpResponse<String> act(
      String action, String entity, String attribute, @Nullable String value) throws Exception {
    return service.send("POST", action, body(entity, attribute, value));
  }

  private static String body(String entity, String attribute, @Nullable String value) {
    return "{\"EntityName\":\""
        + entity
        + "\",\"AttributeName\":\""
        + attribute
        + "\""
        + (value == null ? "" : ",\"Value\":" + value)
        + "}";
  }

  private static String number(HttpResponse<String> answer) {
    return NUMBER
        .matcher(answer.body())
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static long running(HttpResponse<String> answer) {
    var found = RUNNING.matcher(number(answer));
    assertThat(found.matches()).as(number(answer)).isTrue();
    return Long.parseLong(found.group(1));
  }
}
