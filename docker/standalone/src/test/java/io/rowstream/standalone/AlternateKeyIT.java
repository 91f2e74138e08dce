package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.RunningService.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Records are read and written by alternate key, and a key leads to one record at any moment.
class AlternateKeyIT {
  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void an_upsert_by_key_creates_the_record_then_changes_it() throws Exception {
    var created = upsert("UP-1", "{\"name\":\"New\"}");
    var changed = upsert("up-1", "{\"name\":\"Renamed\"}");

    assertThat(created.statusCode()).as(created.body()).isEqualTo(204);
    assertThat(changed.headers().firstValue("OData-EntityId"))
        .isEqualTo(created.headers().firstValue("OData-EntityId"));
    var read = service.get("accounts(accountnumber='UP-1')");
    assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
    assertThat(read.body())
        .contains("\"name\":\"Renamed\"", "\"accountnumber\":\"UP-1\"", "W/\\\"1\\\"");
    assertThat(service.get("accounts(accountnumber='UP-1')/name/$value").body())
        .isEqualTo("Renamed");
  }

  @Test
  void what_was_read_by_key_can_be_sent_back_by_key() throws Exception {
    var created = upsert("BACK", "{\"name\":\"x\"}", "Prefer", "return=representation");
    String id = created.body().replaceFirst("(?s).*\"accountid\":\"([^\"]+)\".*", "$1");

    assertThat(upsert("BACK", "{\"accountid\":\"" + id + "\",\"name\":\"y\"}").statusCode())
        .isEqualTo(204);
    var other = upsert("BACK", "{\"accountid\":\"" + id.replace(id.charAt(0), 'f') + "\"}");
    assertThat(other.statusCode()).as(other.body()).isEqualTo(400);
  }

  @Test
  void conditions_hold_for_the_record_with_the_key() throws Exception {
    upsert("COND", "{\"name\":\"x\"}");

    assertThat(upsert("COND", "{\"name\":\"y\"}", "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(upsert("COND", "{\"name\":\"y\"}", "If-Match", "W/\"0\"").statusCode())
        .isEqualTo(204);
    var stale = upsert("COND", "{\"name\":\"z\"}", "If-Match", "W/\"0\"");
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(stale.body()).contains("0x80060882", "\"theirs\":\"y\"");
    assertThat(upsert("NOBODY", "{\"name\":\"z\"}", "If-Match", "*").body()).contains("0x80060891");
    assertThat(service.send("DELETE", "accounts(accountnumber='COND')", "").statusCode())
        .isEqualTo(204);
    var gone = service.get("accounts(accountnumber='COND')");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("0x80060891");
  }

  @Test
  void a_repeated_change_gets_its_first_outcome_whoever_has_the_key_by_then() throws Exception {
    String account = service.pathOf(upsert("MOVED", "{\"name\":\"x\"}"));
    var first = upsert("MOVED", "{\"name\":\"y\"}", "Idempotency-Key", "moved");
    service.done("PATCH", account, "{\"accountnumber\":\"MOVED-ON\"}");

    var again = upsert("MOVED", "{\"name\":\"y\"}", "Idempotency-Key", "moved");

    assertThat(again.statusCode()).as(again.body()).isEqualTo(204);
    assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    assertThat(service.get("accounts(accountnumber='MOVED')").statusCode()).isEqualTo(404);
    assertThat(upsert("MOVED", "{\"name\":\"z\"}", "Idempotency-Key", "moved").statusCode())
        .isEqualTo(422);
  }

  @Test
  void a_key_that_is_taken_is_refused_with_its_name() throws Exception {
    upsert("TAKEN", "{}");

    var twin = service.send("POST", "accounts", "{\"accountnumber\":\"taken\"}");

    assertThat(twin.statusCode()).isEqualTo(412);
    assertThat(twin.body()).contains("0x80060892", "Entity Key accountnumber violated");
  }

  @Test
  void a_lookup_can_be_bound_by_key() throws Exception {
    upsert("BOUND", "{\"name\":\"Firm\"}");

    String contact =
        service.contact(
            "{\"parentcustomerid_account@odata.bind\":\"/accounts(accountnumber='BOUND')\"}");

    assertThat(service.get(contact + "?$expand=parentcustomerid_account($select=name)").body())
        .contains("\"name\":\"Firm\"");
  }

  @Test
  void keys_that_are_none_are_refused() throws Exception {
    for (String key :
        List.of("name='x'", "accountnumber=5", "accountnumber='x',name='y'", "nosuch='x'")) {
      for (String method : List.of("GET", "PATCH", "DELETE")) {
        var answer = service.send(method, "accounts(" + key + ")", "{}");
        assertThat(answer.statusCode()).as(method + " " + key + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("0x80060888");
      }
    }
  }

  @Test
  void fifty_upserts_at_once_lead_to_one_record() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "RACE-" + round;
      var answers = Rendezvous.race(50, () -> upsert(key, "{\"name\":\"x\"}").statusCode());

      assertThat(Outcome.returned(answers)).hasSize(50).containsOnly(204);
      assertThat(created(key)).as(key).isEqualTo(1);
    }
  }

  @Test
  void a_key_moves_in_a_change_set_without_a_gap() throws Exception {
    upsert("MOVE-A", "{\"name\":\"a\"}");
    upsert("MOVE-B", "{\"name\":\"b\"}");

    var swapped =
        service.batch(
            Batches.of(
                changeSet(
                    Batches.patch(
                        "accounts(accountnumber='MOVE-A')", "{\"accountnumber\":\"MOVE-B\"}"),
                    Batches.patch(
                        "accounts(accountnumber='MOVE-B')", "{\"accountnumber\":\"MOVE-A\"}"))));

    assertThat(statuses(swapped)).as(swapped.body()).containsExactly(204, 204);
    assertThat(service.get("accounts(accountnumber='MOVE-A')").body()).contains("\"name\":\"b\"");
  }

  private static long created(String key) {
    return WholeLog.read(service.owner()).stream()
        .map(LoggedEvent::event)
        .filter(
            event -> event instanceof RecordCreated made && made.values().toString().contains(key))
        .count();
  }

  private static HttpResponse<String> upsert(String number, String body, String... headers)
      throws Exception {
    return service.send("PATCH", "accounts(accountnumber='" + number + "')", body, headers);
  }
}
