package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Whatever refers to a record when it is deleted, and whoever refers to it at that moment, nothing
/// is left that leads nowhere.
class DeletedTargetsIT {
  private static final int ROUNDS = 40;
  private static final int REFERRERS = 7;

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void lookups_are_cleared_parts_go_too_and_what_is_held_on_to_stays() throws Exception {
    String account = create("accounts", "{\"name\":\"Firm\"}");
    String contact =
        create("contacts", "{\"parentcustomerid_account@odata.bind\":\"/" + account + "\"}");
    String task =
        create("tasks", "{\"regardingobjectid_account@odata.bind\":\"/" + account + "\"}");
    String incident =
        create("incidents", "{\"customerid_account@odata.bind\":\"/" + account + "\"}");

    var held = service.send("DELETE", account, "");
    assertThat(held.statusCode()).as(held.body()).isEqualTo(405);
    assertThat(held.body()).contains("0x80040227", "incident", "customerid");
    assertThat(service.get(task).statusCode()).isEqualTo(200);

    service.send("PATCH", incident, "{\"customerid_account@odata.bind\":null}");
    assertThat(service.send("DELETE", account, "").statusCode()).isEqualTo(204);
    assertThat(service.get(contact + "?$select=_parentcustomerid_value").body())
        .contains("\"_parentcustomerid_value\":null");
    assertThat(service.get(task).statusCode()).isEqualTo(404);
    assertThat(service.etag(contact)).isEqualTo("W/\"1\"");
  }

  @Test
  void a_record_deleted_while_others_begin_to_refer_to_it_leaves_no_reference() throws Exception {
    int linked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String account = create("accounts", "{\"name\":\"Round " + round + "\"}");
      String body = "{\"parentcustomerid_account@odata.bind\":\"/" + account + "\"}";
      List<Callable<HttpResponse<String>>> racers = new ArrayList<>();
      for (int i = 0; i < REFERRERS; i++) {
        racers.add(() -> service.send("POST", "contacts", body));
      }
      racers.add(() -> service.send("DELETE", account, ""));

      var answers = Outcome.returned(Rendezvous.race(racers.size(), racers::get));

      assertThat(answers).hasSize(REFERRERS + 1);
      assertThat(answers.getLast().statusCode()).as(answers.getLast().body()).isEqualTo(204);
      for (var answer : answers.subList(0, REFERRERS)) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(204, 404);
        if (answer.statusCode() == 204) {
          linked++;
          assertThat(service.get(path(answer) + "?$select=_parentcustomerid_value").body())
              .contains("\"_parentcustomerid_value\":null");
        }
      }
    }
    assertThat(linked).as("rounds in which both came through").isPositive();
  }

  private static String create(String set, String json) throws Exception {
    var answer = service.send("POST", set, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return path(answer);
  }

  private static String path(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("OData-EntityId")
        .orElseThrow()
        .substring(service.root().length());
  }
}
