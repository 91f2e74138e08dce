package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Numbers made by hand: a row that holds the next one, changed only at the version that was read.
class CounterIT {
  private static final String COUNTER = "crm_configs(77777777-7777-4777-8777-777777777777)";
  private static final int CLIENTS = 50;

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
  void fifty_clients_that_try_again_on_412_lose_no_number_and_repeat_none() throws Exception {
    long first = Long.parseLong(value());

    var outcomes = Rendezvous.race(CLIENTS, CounterIT::take);

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    long after = first + CLIENTS;
    assertThat(Outcome.returned(outcomes))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(first, after).boxed().toList());
    assertThat(value()).isEqualTo(Long.toString(after));
    assertThat(service.etag(COUNTER)).isEqualTo("W/\"" + CLIENTS + "\"");
  }

  @Test
  void without_a_version_the_row_is_not_changed() throws Exception {
    String before = service.etag(COUNTER);

    var answer = service.send("PATCH", COUNTER, "{\"crm_value\":\"1\"}");

    assertThat(answer.statusCode()).isEqualTo(428);
    assertThat(service.etag(COUNTER)).isEqualTo(before);
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
