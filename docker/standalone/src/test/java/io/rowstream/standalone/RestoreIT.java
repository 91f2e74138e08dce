package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreIT {
  private static final String LIST = "contacts?$select=jobtitle&$filter=fullname%20eq%20'";

  @AutoClose private static final RunningService service = new RunningService();

  private static HttpResponse<String> restore(String contact, String body, String... headers)
      throws Exception {
    return service.send("POST", contact + "/rowstream.restore", body, headers);
  }

  private static String changed(String fullname) throws Exception {
    String contact = service.contact("{\"fullname\":\"" + fullname + "\",\"jobtitle\":\"CTO\"}");
    patch(contact, "{\"jobtitle\":\"CEO\",\"telephone1\":\"555\"}");
    return contact;
  }

  private static void patch(String contact, String json) throws Exception {
    assertThat(service.send("PATCH", contact, json).statusCode()).isEqualTo(204);
  }

  private static Map<String, @Nullable Object> ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.object(answer.body());
  }

  @Test
  void a_record_is_again_what_it_was_and_its_past_stays() throws Exception {
    String contact = changed("Nancy");

    var restored = restore(contact, "{\"version\":0}", "If-Match", "W/\"1\"");

    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(204);
    assertThat(restored.headers().firstValue("ETag")).contains("W/\"2\"");
    assertThat(restored.headers().firstValue("OData-EntityId")).contains(service.root() + contact);
    var now = ok(service.get(contact));
    assertThat(now).containsEntry("jobtitle", "CTO").containsEntry("telephone1", null);
    assertThat(ok(service.get(contact + "?rowstream.version=1"))).containsEntry("jobtitle", "CEO");
    assertThat(Json.at(ok(service.get(contact + "/rowstream.difference?from=0")), "attributes"))
        .isEqualTo(List.of());
  }

  @Test
  void a_stale_restore_is_a_conflict_and_nothing_is_overwritten() throws Exception {
    String contact = changed("Nancy");

    var stale = restore(contact, "{\"version\":0}", "If-Match", "W/\"0\"");

    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(stale.body()).contains("0x80060882", "\"currentVersion\":1");
    assertThat(service.etag(contact)).isEqualTo("W/\"1\"");
    assertThat(restore(contact, "{\"version\":0}", "If-Match", "*").statusCode()).isEqualTo(204);
  }

  @Test
  void a_deleted_record_comes_back_in_the_answer_the_delta_the_audit_and_the_watch()
      throws Exception {
    String contact = changed("Lazarus");
    String id = contact.substring(contact.indexOf('(') + 1, contact.length() - 1);
    assertThat(service.send("DELETE", contact, "").statusCode()).isEqualTo(204);
    String position = Long.toString(service.position());
    String since =
        deltaLink(
            service.send(
                "GET",
                LIST + "Lazarus'",
                "",
                "Prefer",
                "odata.track-changes",
                "Rowstream-Min-Position",
                position));
    try (var watch =
        SseClient.open(
            URI.create("http://127.0.0.1:" + service.port() + "/api/watch?record=" + contact))) {

      var restored = restore(contact, "{\"version\":1}", "Prefer", "return=representation");

      assertThat(restored.statusCode()).isEqualTo(201);
      assertThat(Json.object(restored.body())).containsEntry("jobtitle", "CEO");
      position = restored.headers().firstValue("Rowstream-Position").orElseThrow();
      assertThat(watch.await(Duration.ofSeconds(10), "change", Long.parseLong(position)).data())
          .contains("\"operation\":\"restore\"", "\"jobtitle\":{\"old\":null,\"new\":\"CEO\"}");
    }
    var delta = ok(service.send("GET", since, "", "Rowstream-Min-Position", position));
    assertThat(Json.at(delta, "value", 0, "contactid")).isEqualTo(id);
    assertThat(Json.at(delta, "value", 0, "jobtitle")).isEqualTo("CEO");
    var audits = ok(service.get("audits?$filter=_objectid_value%20eq%20" + id));
    assertThat(Json.at(audits, "value", 0, "@rowstream.operation")).isEqualTo("restore");
    assertThat(Json.at(audits, "value", 0, "@rowstream.restoredFrom")).isEqualTo(1L);
    assertThat(Json.at(audits, "value", 1, "operation")).isEqualTo(3L);
  }

  private static String deltaLink(HttpResponse<String> answer) {
    return String.valueOf(Objects.requireNonNull(ok(answer).get("@odata.deltaLink")))
        .replace(service.root(), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"version\":null}",
        "{\"version\":\"1\"}",
        "{\"version\":-1}",
        "{\"version\":1.5}",
        "{\"version\":99999999999999999999}",
        "{\"version\":1,\"other\":2}",
        "{\"version\":7}",
      })
  void what_names_no_earlier_version_is_refused(String body) throws Exception {
    String contact = changed("Nancy");

    var refused = restore(contact, body);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80048d19");
    assertThat(service.etag(contact)).isEqualTo("W/\"1\"");
  }

  @Test
  void what_is_not_there_or_no_restore_is_refused() throws Exception {
    String contact = changed("Nancy");
    String nobody = "contacts(99999999-9999-4999-8999-999999999999)";

    assertThat(restore(nobody, "{\"version\":0}").statusCode()).isEqualTo(404);
    assertThat(service.send("PATCH", contact + "/rowstream.restore", "{}").statusCode())
        .isEqualTo(405);
    assertThat(service.send("POST", contact + "/rowstream.other", "{}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void several_records_are_restored_as_one() throws Exception {
    String one = changed("One");
    String other = changed("Other");

    var refused = service.batch(restores(one, "W/\"1\"", other, "W/\"0\""));
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(service.etag(one)).isEqualTo("W/\"1\"");

    var restored = service.batch(restores(one, "W/\"1\"", other, "W/\"1\""));
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
    assertThat(RunningService.statuses(restored)).containsExactly(204, 204);
    assertThat(ok(service.get(one))).containsEntry("jobtitle", "CTO");
    assertThat(ok(service.get(other))).containsEntry("jobtitle", "CTO");
  }

  private static String restores(String one, String etag, String other, String otherEtag) {
    return "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
        + part(1, one, etag)
        + part(2, other, otherEtag)
        + "--c--\r\n--b--\r\n";
  }

  private static String part(int id, String contact, String etag) {
    return """
    --c
    Content-Type: application/http
    Content-ID: %d

    POST %s/rowstream.restore HTTP/1.1
    If-Match: %s
    Content-Type: application/json

    {"version":0}
    """
        .formatted(id, contact, etag)
        .replace("\n", "\r\n");
  }
}
