package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An administrator says where the numbers of cases go on.
class NumberSeedsIT {
  @AutoClose private static final RunningService service = new RunningService();
  private static CaseNumbers cases;

  @BeforeAll
  static void start() {
    cases = new CaseNumbers(service);
  }

  @Test
  void an_administrator_says_where_numbers_go_on() throws Exception {
    long seed = cases.next() + 10_000;

    var set = cases.act("SetAutoNumberSeed", "Incident", "TicketNumber", Long.toString(seed));

    assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
    assertThat(set.body()).isEmpty();
    assertThat(cases.act("GetAutoNumberSeed", "incident", "ticketnumber", null).body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + service.root()
                + "$metadata#Microsoft.Dynamics.CRM.GetAutoNumberSeedResponse\","
                + "\"AutoNumberSeedValue\":"
                + seed
                + "}");
    assertThat(cases.next()).isEqualTo(seed);
    assertThat(CaseNumbers.running(cases.create("{}"))).isEqualTo(seed);
    assertThat(cases.next()).isEqualTo(seed + 1);

    var below = cases.act("SetAutoNumberSeed", "incident", "ticketnumber", Long.toString(seed));
    assertThat(below.statusCode()).isEqualTo(400);
    assertThat(below.body())
        .contains("\"code\":\"0x80040203\"")
        .contains("Numbers do not repeat: " + seed + " has been given already");
    assertThat(cases.next()).isEqualTo(seed + 1);
  }

  @Test
  void a_batch_repeated_under_its_key_sets_its_seed_once() throws Exception {
    String seed = Long.toString(cases.next() + 10_000);
    String batch =
        Batches.of(
            Batches.single(
                Batches.post(
                    "SetAutoNumberSeed", CaseNumbers.body("incident", "ticketnumber", seed))),
            Batches.single(Batches.post("incidents", "{}")),
            Batches.single(
                Batches.post(
                    "GetNextAutoNumberValue", CaseNumbers.body("incident", "ticketnumber", null))));
    String key = UUID.randomUUID().toString();

    var first = service.batch(batch, "Idempotency-Key", key);
    var again = service.batch(batch, "Idempotency-Key", key);

    assertThat(RunningService.statuses(first)).containsExactly(204, 204, 200);
    assertThat(RunningService.statuses(again)).containsExactly(204, 204, 200);
    assertThat(cases.next()).isEqualTo(Long.parseLong(seed) + 1);
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
    long next = cases.next();

    var answer = service.send("POST", "SetAutoNumberSeed", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(cases.next()).isEqualTo(next);
  }

  @Test
  void other_ways_of_asking_are_refused() throws Exception {
    String body = CaseNumbers.body("incident", "ticketnumber", "999999");

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
    assertThat(cases.next()).isLessThan(999_999);
  }
}
