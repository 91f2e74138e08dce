package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.Batches.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.testkit.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Answers to writes that show what the record leads to.
class RepresentationIT {
  private static final String BOSS =
      "{\"name\":\"Deep\",\"primarycontactid\":{\"fullname\":\"Boss\"}}";
  private static final String PREFER_NAMES =
      "return=representation,odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";
  private static final String NAME_OF_BOSS =
      "_primarycontactid_value@OData.Community.Display.V1.FormattedValue";

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void a_create_shows_the_rows_that_came_with_it() throws Exception {
    var created =
        service.send(
            "POST",
            "accounts?$select=name&$expand=contact_customer_accounts($select=fullname;$orderby=fullname),"
                + "primarycontactid($select=fullname)",
            """
            {"name":"Deep","primarycontactid":{"fullname":"Boss"},
             "contact_customer_accounts":[{"fullname":"Two"},{"fullname":"One"}]}
            """,
            "Prefer",
            "return=representation");

    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.body()).containsSubsequence("\"One\"", "\"Two\"", "\"Boss\"");
    assertThat(created.headers().firstValue("ETag")).hasValue(etag(created));
    assertThat(created.headers().firstValue("OData-EntityId")).isEmpty();
  }

  @Test
  void names_of_what_it_refers_to_are_those_written_with_it() throws Exception {
    String url = "accounts?$select=_primarycontactid_value";
    service.send("POST", url, BOSS, "Prefer", PREFER_NAMES);
    try (var lagging = service.owner().getConnection()) {
      lagging.setAutoCommit(false);
      lagging
          .createStatement()
          .execute("SELECT FROM view.projection WHERE name = 'current' FOR UPDATE");
      var created = service.sendAsync("POST", url, BOSS, "Prefer", PREFER_NAMES);
      await().pollDelay(Duration.ofMillis(500)).until(() -> !created.isDone());

      lagging.rollback();

      assertThat(body(created.get(30, TimeUnit.SECONDS))).containsEntry(NAME_OF_BOSS, "Boss");
    }
  }

  @Test
  void an_update_is_answered_with_the_version_it_wrote_also_when_it_is_sent_again()
      throws Exception {
    String account = account();
    String[] headers = {"Prefer", PREFER_NAMES, "Idempotency-Key", "update-" + account};
    var first = service.send("PATCH", account, "{\"name\":\"Mine\"}", headers);
    service.send("PATCH", account, "{\"name\":\"Theirs\"}");

    var again = service.send("PATCH", account, "{\"name\":\"Mine\"}", headers);

    assertThat(body(first)).containsEntry("name", "Mine").containsEntry(NAME_OF_BOSS, "Boss");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("ETag")).hasValue(etag(first));
  }

  @Test
  void an_update_that_expands_shows_record_and_etag_of_one_version() throws Exception {
    String account = account();

    var updated =
        service.send(
            "PATCH",
            account + "?$select=name&$expand=primarycontactid($select=fullname)",
            "{\"name\":\"Updated\"}",
            "Prefer",
            "return=representation");

    assertThat(updated.statusCode()).as(updated.body()).isEqualTo(200);
    assertThat(updated.body()).contains("\"Updated\"", "\"Boss\"");
    assertThat(updated.headers().firstValue("ETag")).hasValue(etag(updated));
  }

  @Test
  void members_of_a_change_set_expand_too() throws Exception {
    var answer =
        service.batch(
            Batches.of(
                changeSet(
                    post(
                        "accounts?$select=name&$expand=primarycontactid($select=fullname)",
                        BOSS,
                        "Prefer: return=representation"))));

    assertThat(answer.body()).contains("201", "\"Deep\"", "\"fullname\":\"Boss\"");
  }

  @Test
  void what_cannot_be_expanded_is_refused_before_anything_is_written() throws Exception {
    long before = service.position();

    var unknown =
        service.send("POST", "accounts?$expand=nosuch", BOSS, "Prefer", "return=representation");
    var filtered = service.send("POST", "accounts?$filter=name eq 'x'".replace(" ", "%20"), BOSS);

    assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(400);
    assertThat(filtered.statusCode()).as(filtered.body()).isEqualTo(400);
    assertThat(service.position()).isEqualTo(before);
  }

  private static String account() throws Exception {
    return service.pathOf(service.done("POST", "accounts", BOSS));
  }

  private static Map<String, @Nullable Object> body(HttpResponse<String> answer) {
    return Json.object(answer.body());
  }

  private static String etag(HttpResponse<String> answer) {
    return String.valueOf(body(answer).get("@odata.etag"));
  }
}
