package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.Batches.patch;
import static io.rowstream.standalone.Batches.post;
import static io.rowstream.standalone.Batches.single;
import static io.rowstream.standalone.RunningService.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A change set succeeds or fails as one, and a repeated one is the same one.
class ChangeSetIT {
  private static final String BEA = "22222222-2222-4222-8222-222222222222";

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void a_change_set_is_one_unit_in_the_log() throws Exception {
    var answer =
        service.batch(
            Batches.of(
                changeSet(post("contacts", "{\"fullname\":\"A\"}"), post("accounts", "{}"))));

    assertThat(statuses(answer)).containsExactly(204, 204);
    List<LoggedEvent> events = WholeLog.read(service.owner());
    assertThat(events.subList(events.size() - 2, events.size()))
        .extracting(LoggedEvent::remaining)
        .containsExactly(1, 0);
  }

  @Test
  void a_stale_member_leaves_everything_as_it_was() throws Exception {
    String first = service.contact("{\"fullname\":\"First\"}");
    String second = service.contact("{\"fullname\":\"Second\"}");
    service.send("PATCH", second, "{\"jobtitle\":\"CTO\"}");
    int before = WholeLog.read(service.owner()).size();

    var answer =
        service.batch(
            Batches.of(
                changeSet(
                    patch(first, "{\"jobtitle\":\"CEO\"}", "If-Match: W/\"0\""),
                    post("accounts", "{\"name\":\"Never\"}"),
                    patch(second, "{\"jobtitle\":\"CEO\"}", "If-Match: W/\"0\"")),
                single("GET " + first + " HTTP/1.1\n")));

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(statuses(answer)).containsExactly(412);
    assertThat(answer.body())
        .contains("Content-ID: 3\r\n\r\nHTTP/1.1 412 Precondition Failed\r\n")
        .contains("\"code\":\"0x80060882\"")
        .contains("\"@rowstream.member\":2")
        .contains("\"theirs\":\"CTO\",\"mine\":\"CEO\"")
        .doesNotContain("changesetresponse");
    assertThat(WholeLog.read(service.owner())).hasSize(before);
    assertThat(service.etag(first)).isEqualTo("W/\"0\"");
    assertThat(service.etag(second)).isEqualTo("W/\"1\"");
  }

  @Test
  void one_of_twenty_change_sets_on_the_same_version_wins() throws Exception {
    String first = service.contact("{\"fullname\":\"First\"}");
    String second = service.contact("{\"fullname\":\"Second\"}");
    for (int round = 0; round < 10; round++) {
      String condition = "If-Match: W/\"" + round + "\"";

      List<Outcome<HttpResponse<String>>> outcomes =
          Rendezvous.race(
              20,
              racer -> {
                String json = "{\"jobtitle\":\"" + UUID.randomUUID() + "\"}";
                String one = patch(racer % 2 == 0 ? first : second, json, condition);
                String other = patch(racer % 2 == 0 ? second : first, json, condition);
                return () -> service.batch(Batches.of(changeSet(one, other)));
              });

      assertThat(outcomes)
          .map(outcome -> ((Outcome.Returned<HttpResponse<String>>) outcome).value().statusCode())
          .containsOnly(200, 412)
          .containsOnlyOnce(200);
      assertThat(service.etag(first)).isEqualTo("W/\"" + (round + 1) + "\"");
      assertThat(service.etag(second)).isEqualTo("W/\"" + (round + 1) + "\"");
    }
    WholeLog.read(service.owner());
  }

  @Test
  void a_representation_is_that_of_the_members_own_version() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\"}");
    String prefer = "Prefer: return=representation";

    var answer =
        service.batch(
            Batches.of(
                changeSet(
                    patch(contact + "?$select=jobtitle", "{\"jobtitle\":\"CTO\"}", prefer),
                    patch(contact + "?$select=jobtitle", "{\"jobtitle\":\"CEO\"}", prefer),
                    post("contacts?$select=fullname", "{\"fullname\":\"New\"}", prefer))));

    assertThat(statuses(answer)).containsExactly(200, 200, 201);
    assertThat(answer.body())
        .containsSubsequence(
            "\"@odata.etag\":\"W/\\\"1\\\"\"",
            "\"jobtitle\":\"CTO\"",
            "\"@odata.etag\":\"W/\\\"2\\\"\"",
            "\"jobtitle\":\"CEO\"",
            "\"fullname\":\"New\"")
        .doesNotContain("Nancy");
  }

  @Test
  void what_cannot_be_selected_is_refused_before_anything_is_written() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\"}");
    String prefer = "Prefer: return=representation";
    String wrong = patch(contact + "?$select=nosuch", "{\"jobtitle\":\"CTO\"}", prefer);

    assertThat(service.batch(Batches.of(changeSet(wrong))).statusCode()).isEqualTo(400);
    assertThat(service.batch(Batches.of(single(wrong))).statusCode()).isEqualTo(400);
    assertThat(service.etag(contact)).isEqualTo("W/\"0\"");
  }

  @Test
  void a_change_set_acts_for_one_user() throws Exception {
    String asBea = post("contacts", "{}", "MSCRMCallerID: " + BEA);
    String asNobodyNamed = post("contacts", "{}");

    for (String mixed : List.of(changeSet(asBea, asNobodyNamed), changeSet(asNobodyNamed, asBea))) {
      var answer = service.batch(Batches.of(mixed));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("one MSCRMCallerID");
    }
    assertThat(statuses(service.batch(Batches.of(changeSet(asBea, asBea)))))
        .containsExactly(204, 204);
  }

  @Test
  void a_batch_repeated_under_its_key_writes_nothing_twice() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\"}");
    String key = UUID.randomUUID().toString();
    String batch =
        Batches.of(
            single(post("contacts", "{\"fullname\":\"Single\"}")),
            changeSet(
                post("contacts", "{\"fullname\":\"Member\"}"),
                post("accounts", "{\"primarycontactid@odata.bind\":\"$1\"}"),
                patch(contact, "{\"jobtitle\":\"CTO\"}", "If-Match: W/\"0\"")),
            changeSet(patch(contact, "{\"jobtitle\":\"CEO\"}", "If-Match: W/\"0\"")));

    var first = service.batch(batch, "Idempotency-Key", key);
    int written = WholeLog.read(service.owner()).size();
    service.send("PATCH", contact, "{\"jobtitle\":\"Else\"}");
    var again = service.batch(batch, "Idempotency-Key", key);
    var other = service.batch(batch.replace("Single", "Other"), "Idempotency-Key", key);

    assertThat(statuses(first)).containsExactly(204, 204, 204, 204, 412);
    assertThat(statuses(again)).isEqualTo(statuses(first));
    assertThat(entityIds(again)).isEqualTo(entityIds(first)).hasSize(4);
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(WholeLog.read(service.owner())).hasSize(written + 1);
  }

  @Test
  void a_create_repeated_under_its_key_is_the_same_record() throws Exception {
    String key = UUID.randomUUID().toString();

    var first = service.send("POST", "contacts", "{}", "Idempotency-Key", key);
    var again = service.send("POST", "contacts", "{}", "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(again.headers().firstValue("OData-EntityId"))
        .isEqualTo(first.headers().firstValue("OData-EntityId"));
  }

  private static List<String> entityIds(HttpResponse<String> answer) {
    return answer.body().lines().filter(line -> line.startsWith("OData-EntityId")).toList();
  }
}
