package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.Batches.post;
import static io.rowstream.standalone.RunningService.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.testkit.WholeLog;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Rows inside a row, and references between rows that are there.
class DeepWriteIT {
  private static final String NOBODY = "99999999-9999-4999-8999-999999999999";

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void rows_inside_a_new_row_are_created_with_it_in_one_unit() throws Exception {
    String account =
        create(
            """
            {"name":"Deep","primarycontactid":{"fullname":"Boss"},
             "contact_customer_accounts":[{"fullname":"One","Contact_Tasks":[{"subject":"Call"}]},
                                          {"fullname":"Two"}]}
            """);

    var body =
        service
            .get(
                account
                    + "?$expand=primarycontactid($select=fullname),"
                    + "contact_customer_accounts($select=fullname;$orderby=fullname;"
                    + "$expand=Contact_Tasks($select=subject))")
            .body();
    assertThat(body).containsSubsequence("Boss", "One", "Call", "Two");
    var events = WholeLog.read(service.owner());
    assertThat(events.subList(events.size() - 5, events.size()))
        .extracting(LoggedEvent::remaining)
        .containsExactly(4, 3, 2, 1, 0);
  }

  @Test
  void one_row_that_does_not_fit_leaves_nothing_of_the_others() throws Exception {
    long before = service.position();

    var answer =
        service.send(
            "POST",
            "accounts",
            """
            {"name":"Deep","contact_customer_accounts":[{"fullname":"One"},{"nosuch":1}]}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("0x80048d19", "nosuch");
    var dangling =
        service.send(
            "POST",
            "accounts",
            "{\"contact_customer_accounts\":[{\"parentcustomerid_contact@odata.bind\":\"/contacts("
                + NOBODY
                + ")\"}],\"primarycontactid@odata.bind\":\"/contacts("
                + NOBODY
                + ")\"}");
    assertThat(dangling.statusCode()).as(dangling.body()).isEqualTo(404);
    assertThat(service.position()).isEqualTo(before);
  }

  @Test
  void a_lookup_refers_to_a_record_that_is_there() throws Exception {
    String gone = service.contact("{\"fullname\":\"Gone\"}");
    service.send("DELETE", gone, "");

    for (String reference : new String[] {"contacts(" + NOBODY + ")", gone}) {
      var answer =
          service.send(
              "POST", "accounts", "{\"primarycontactid@odata.bind\":\"/" + reference + "\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
      assertThat(answer.body()).contains("0x80040217", "Does Not Exist", "primarycontactid");
    }
  }

  @Test
  void rows_inside_a_changed_row_are_changed_each_under_its_own_version() throws Exception {
    String account = create("{\"name\":\"Firm\"}");
    String ann = service.contact("{\"fullname\":\"Ann\"}");
    String bob = service.contact("{\"fullname\":\"Bob\"}");

    var changed = patch(account, people(ann, 0, bob, 0), "W/\"0\"");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
    assertThat(service.get(account + "/contact_customer_accounts/$count").body()).isEqualTo("2");

    long before = service.position();
    var stale = patch(account, people(ann, 1, bob, 0), "W/\"0\"");
    assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
    assertThat(stale.body()).contains("0x80060882", "\"@rowstream.member\":2");
    assertThat(service.position()).isEqualTo(before);
  }

  @Test
  void a_guarded_row_takes_no_unguarded_ones_inside_it() throws Exception {
    String account = create("{\"name\":\"Firm\"}");
    String ann = service.contact("{\"fullname\":\"Ann\"}");

    var answer =
        patch(
            account,
            "{\"contact_customer_accounts\":[{\"contactid\":\"%s\",\"jobtitle\":\"x\"}]}"
                .formatted(id(ann)),
            "W/\"0\"");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("0x80060883");
  }

  @Test
  void a_body_has_at_most_a_thousand_rows() throws Exception {
    String rows = String.join(",", Collections.nCopies(999, "{\"fullname\":\"x\"}"));

    assertThat(
            service
                .send("POST", "accounts", "{\"contact_customer_accounts\":[" + rows + "]}")
                .statusCode())
        .isEqualTo(204);
    var more =
        service.send("POST", "accounts", "{\"contact_customer_accounts\":[" + rows + ",{}]}");
    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(more.body()).contains("more than 1000 rows");
    var inSet =
        service.batch(
            Batches.of(
                changeSet(
                    post("accounts", "{\"contact_customer_accounts\":[" + rows + "]}"),
                    post("accounts", "{}"))));
    assertThat(statuses(inSet)).containsExactly(400);
  }

  @Test
  void requests_of_a_change_set_keep_their_answers_when_they_have_rows_inside() throws Exception {
    var answer =
        service.batch(
            Batches.of(
                changeSet(
                    post("accounts", "{\"name\":\"A\",\"primarycontactid\":{\"fullname\":\"B\"}}"),
                    post("contacts", "{\"parentcustomerid_account@odata.bind\":\"$1\"}"),
                    patchExisting("contacts(" + NOBODY + ")", "{\"jobtitle\":\"x\"}"))));

    assertThat(statuses(answer)).as(answer.body()).containsExactly(404);
    assertThat(answer.body()).contains("Content-ID: 3");
  }

  @Test
  void references_are_added_set_and_removed() throws Exception {
    String account = create("{\"name\":\"Firm\"}");
    String ann = service.contact("{\"fullname\":\"Ann\"}");
    String reference = "{\"@odata.id\":\"" + service.root() + ann + "\"}";

    expect(204, service.send("POST", account + "/contact_customer_accounts/$ref", reference));
    expect(204, service.send("PUT", account + "/primarycontactid/$ref", reference));
    assertThat(service.get(account + "/contact_customer_accounts/$count").body()).isEqualTo("1");
    assertThat(service.get(account + "/primarycontactid").body()).contains("Ann");

    expect(
        412, service.send("DELETE", account + "/primarycontactid/$ref", "", "If-Match", "W/\"0\""));
    expect(
        204, service.send("DELETE", account + "/primarycontactid/$ref", "", "If-Match", "W/\"1\""));
    expect(
        204,
        service.send(
            "DELETE", account + "/contact_customer_accounts/$ref?$id=" + service.root() + ann, ""));
    assertThat(service.get(account + "/contact_customer_accounts/$count").body()).isEqualTo("0");
    String other = create("{\"name\":\"Other\"}");
    expect(204, service.send("POST", other + "/contact_customer_accounts/$ref", reference));
    expect(
        204,
        service.send("DELETE", account + "/contact_customer_accounts(" + id(ann) + ")/$ref", ""));
    assertThat(service.get(other + "/contact_customer_accounts/$count").body())
        .as("only a reference to the record in the URL is removed")
        .isEqualTo("1");
    expect(
        204,
        service.send("DELETE", other + "/contact_customer_accounts(" + id(ann) + ")/$ref", ""));
    assertThat(service.get(other + "/contact_customer_accounts/$count").body()).isEqualTo("0");
  }

  @Test
  void a_row_posted_to_a_collection_refers_to_its_owner() throws Exception {
    String account = create("{\"name\":\"Firm\"}");

    var created =
        service.send("POST", account + "/contact_customer_accounts", "{\"fullname\":\"New\"}");

    expect(204, created);
    assertThat(created.headers().firstValue("OData-EntityId").orElseThrow())
        .startsWith(service.root() + "contacts(");
    assertThat(service.get(account + "/contact_customer_accounts?$select=fullname").body())
        .contains("New");
  }

  @Test
  void references_that_make_no_sense_are_refused() throws Exception {
    String account = create("{\"name\":\"Firm\"}");
    String ann = service.contact("{\"fullname\":\"Ann\"}");

    expect(400, service.send("POST", account + "/nosuch/$ref", "{\"@odata.id\":\"/" + ann + "\"}"));
    expect(400, service.send("PUT", account + "/primarycontactid/$ref", "{}"));
    expect(
        400,
        service.send(
            "PUT", account + "/primarycontactid/$ref", "{\"@odata.id\":\"/" + account + "\"}"));
    expect(
        400,
        service.send(
            "POST",
            account + "/contact_customer_accounts/$ref",
            "{\"@odata.id\":\"/" + ann + "\"}",
            "If-Match",
            "W/\"0\""));
    expect(405, service.send("PATCH", account + "/primarycontactid/$ref", "{}"));
  }

  private static void expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private static String people(String ann, long annVersion, String bob, long bobVersion) {
    return """
    {"contact_customer_accounts":[
      {"contactid":"%s","@odata.etag":"W/\\"%d\\"","jobtitle":"CEO"},
      {"contactid":"%s","@odata.etag":"W/\\"%d\\"","jobtitle":"CTO"}]}
    """
        .formatted(id(ann), annVersion, id(bob), bobVersion);
  }

  private static HttpResponse<String> patch(String path, String body, String etag)
      throws Exception {
    return service.send("PATCH", path, body, "If-Match", etag);
  }

  private static String patchExisting(String path, String body) {
    return Batches.patch(path, body, "If-Match: *");
  }

  private static String create(String json) throws Exception {
    var answer = service.send("POST", "accounts", json);
    expect(204, answer);
    return answer
        .headers()
        .firstValue("OData-EntityId")
        .orElseThrow()
        .substring(service.root().length());
  }

  private static String id(String path) {
    return path.substring(path.indexOf('(') + 1, path.indexOf(')'));
  }
}
