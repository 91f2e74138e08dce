package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Cases get numbers when they are created; others count by hand, in a row that holds the next one
/// and is changed only at the version that was read.
class NumbersIT {
  private static final String COUNTER = "crm_configs(77777777-7777-4777-8777-777777777777)";
  private static final int CLIENTS = 50;

  @AutoClose private static final RunningService service = new RunningService();
  private static CaseNumbers cases;

  @BeforeAll
  static void start() {
    cases = new CaseNumbers(service);
  }

  @Test
  void the_number_is_in_the_answer_in_the_record_and_in_its_history() throws Exception {
    var created = cases.create("{\"title\":\"Bent\"}");
    var id = Json.at(Json.object(created.body()), "incidentid");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(CaseNumbers.number(created)).matches(CaseNumbers.RUNNING);
    assertThat(CaseNumbers.number(service.get("incidents(" + id + ")")))
        .isEqualTo(CaseNumbers.number(created));
    assertThat(service.get("incidents(" + id + ")/rowstream.history").body())
        .contains(CaseNumbers.number(created));
    assertThat(CaseNumbers.number(cases.create("{\"title\":\"Bent\",\"ticketnumber\":null}")))
        .startsWith("CAS-");
  }

  @Test
  void a_number_the_client_sends_is_kept() throws Exception {
    long next = cases.next();

    assertThat(CaseNumbers.number(cases.create("{\"ticketnumber\":\"OLD-7\"}"))).isEqualTo("OLD-7");
    assertThat(CaseNumbers.number(cases.create("{\"ticketnumber\":\"\"}"))).isEmpty();
    assertThat(cases.next()).isEqualTo(next);
  }

  @Test
  void fifty_clients_at_once_get_fifty_numbers() throws Exception {
    long next = cases.next();

    var outcomes = Rendezvous.race(50, () -> cases.create("{}"));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(Outcome.returned(outcomes).stream().map(CaseNumbers::running))
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= next && number < next + 50);
  }

  @Test
  void a_create_repeated_under_its_key_gets_the_first_number_again() throws Exception {
    String[] headers = {
      "Prefer", CaseNumbers.PREFER, "Idempotency-Key", UUID.randomUUID().toString()
    };

    var first = service.send("POST", "incidents", "{}", headers);
    cases.create("{}");
    var again = service.send("POST", "incidents", "{}", headers);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void each_member_of_a_change_set_gets_its_own_number() throws Exception {
    String post = Batches.post("incidents", "{}", "Prefer: " + CaseNumbers.PREFER);

    var answer = service.batch(Batches.of(Batches.changeSet(post, post, post)));

    var numbers = CaseNumbers.all(answer).distinct().toList();
    assertThat(numbers).hasSize(3).allMatch(number -> number.startsWith("CAS-"));
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

  @Test
  void fifty_clients_that_try_again_on_412_lose_no_number_and_repeat_none() throws Exception {
    long first = Long.parseLong(value());

    var outcomes = Rendezvous.race(CLIENTS, NumbersIT::take);

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    long after = first + CLIENTS;
    assertThat(Outcome.returned(outcomes))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(first, after).boxed().toList());
    assertThat(value()).isEqualTo(Long.toString(after));
    assertThat(service.etag(COUNTER)).isEqualTo("W/\"" + CLIENTS + "\"");
  }

  private static long take() throws Exception {
    while (true) {
      var row = Json.object(service.get(COUNTER).body());
      long next = Long.parseLong(String.valueOf(row.get("crm_value")));
      var answer =
          service.send(
              "PATCH",
              COUNTER,
              "{\"crm_value\":\"" + (next + 1) + "\"}",
              "If-Match",
              String.valueOf(row.get("@odata.etag")));
      if (answer.statusCode() == 204) {
        return next;
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(412);
    }
  }

  private static String value() throws Exception {
    return String.valueOf(Json.object(service.get(COUNTER).body()).get("crm_value"));
  }
}
