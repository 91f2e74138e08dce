package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.standalone.postgres.StandalonePostgres;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The README's story, and what else a user of the running service meets.
class TwoEditorsIT {
  private static final String BEA = "22222222-2222-4222-8222-222222222222";

  @AutoClose private static final HttpClient HTTP = HttpClient.newHttpClient();
  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void no_postgresql_is_started_where_one_is_given() {
    assertThat(service.beans(StandalonePostgres.class)).isEmpty();
  }

  @Test
  void the_second_editor_is_told_what_the_first_did() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\",\"jobtitle\":\"Buyer\"}");

    var first = patch(contact, "{\"jobtitle\":\"CTO\"}", "If-Match", "W/\"0\"");
    var second =
        patch(contact, "{\"jobtitle\":\"CEO\"}", "If-Match", "W/\"0\"", "MSCRMCallerID", BEA);

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(first.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(second.statusCode()).isEqualTo(412);
    assertThat(second.body())
        .contains("\"code\":\"0x80060882\"")
        .contains("\"expectedVersion\":0,\"currentVersion\":1")
        .contains("\"base\":\"Buyer\",\"theirs\":\"CTO\",\"mine\":\"CEO\"")
        .contains("\"fullname\":\"Ada Admin\"")
        .contains("\"clash\":true");
    assertThat(get(contact).body()).contains("\"jobtitle\":\"CTO\"");
  }

  @Test
  void a_disjoint_change_is_merged_when_asked_for() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\"}");
    patch(contact, "{\"jobtitle\":\"CTO\"}", "If-Match", "W/\"0\"");

    var merged =
        patch(
            contact,
            "{\"telephone1\":\"555\"}",
            "If-Match",
            "W/\"0\"",
            "Prefer",
            "rowstream.merge,return=representation");

    assertThat(merged.statusCode()).isEqualTo(200);
    assertThat(merged.body()).contains("\"jobtitle\":\"CTO\"").contains("\"telephone1\":\"555\"");
    assertThat(get(contact + "/rowstream.history").body()).contains("\"merged\":true");
  }

  @Test
  void a_third_window_sees_every_change() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\"}");
    try (var watch = SseClient.open(uri("/api/watch?record=" + contact))) {
      var patched =
          patch(
              contact,
              "{\"jobtitle\":\"CTO\"}",
              "If-Match",
              "W/\"0\"",
              "MSCRMCallerID",
              BEA,
              "Rowstream-Client-Id",
              "window-3");
      String command = patched.headers().firstValue("Rowstream-Command-Id").orElseThrow();
      long position =
          Long.parseLong(patched.headers().firstValue("Rowstream-Position").orElseThrow());

      assertThat(watch.await(Duration.ofSeconds(10), "change", position).data())
          .contains("\"rowVersion\":1")
          .contains("\"jobtitle\":{\"old\":null,\"new\":\"CTO\"}")
          .contains("\"commandId\":\"" + command + "\"", "\"clientId\":\"window-3\"")
          .contains("Bea Buyer");
    }
  }

  @Test
  void a_deleted_record_says_who_and_when_and_keeps_its_past() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\"}");

    assertThat(service.done("DELETE", contact, "", "If-Match", "W/\"0\"").headers().map())
        .containsEntry("etag", List.of("W/\"1\""))
        .containsKeys("rowstream-position", "rowstream-command-id");

    assertThat(get(contact).statusCode()).isEqualTo(404);
    assertThat(get(contact).body()).contains("0x80040217").contains("Ada Admin");
    assertThat(get(contact + "?rowstream.version=0").body()).contains("Nancy");
    assertThat(patch(contact, "{\"fullname\":\"X\"}", "If-Match", "W/\"1\"").statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_policy_that_requires_a_version_is_kept() throws Exception {
    String config = "crm_configs(77777777-7777-4777-8777-777777777777)";

    assertThat(patch(config, "{\"crm_value\":\"1\"}").statusCode()).isEqualTo(428);
    assertThat(patch(config, "{\"crm_value\":\"1\"}", "If-Match", "*").statusCode()).isEqualTo(428);
    assertThat(patch(config, "{\"crm_value\":\"1\"}", "Prefer", "rowstream.overwrite").statusCode())
        .isEqualTo(204);
  }

  @Test
  void the_same_idempotency_key_gets_the_first_outcome() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\"}");

    var first = patch(contact, "{\"jobtitle\":\"CTO\"}", "Idempotency-Key", "key-" + contact);
    var again = patch(contact, "{\"jobtitle\":\"CTO\"}", "Idempotency-Key", "key-" + contact);
    var other = patch(contact, "{\"jobtitle\":\"CEO\"}", "Idempotency-Key", "key-" + contact);

    assertThat(again.headers().map().get("rowstream-position"))
        .isEqualTo(first.headers().map().get("rowstream-position"));
    assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void a_list_includes_the_position_it_is_asked_for() throws Exception {
    var created =
        send(
            "POST", "contacts", "{\"fullname\":\"Zoe Unique\"}", "Prefer", "return=representation");
    String position = created.headers().firstValue("Rowstream-Position").orElseThrow();

    var list =
        send(
            "GET",
            "contacts?$filter=fullname%20eq%20'zoe%20unique'",
            "",
            "Rowstream-Min-Position",
            position);

    assertThat(list.body()).contains("Zoe Unique");
  }

  @Test
  void what_cannot_be_understood_is_refused_as_json() throws Exception {
    assertThat(send("POST", "contacts", "{\"nosuch\":1}").body()).contains("0x80048d19");
    assertThat(send("POST", "contacts", "{not json").statusCode()).isEqualTo(400);
    assertThat(send("POST", "nosuch", "{}").statusCode()).isEqualTo(404);
    assertThat(send("PATCH", "contacts", "{}").statusCode()).isEqualTo(405);
    assertThat(get("contacts?$skip=1").body()).contains("0x80060888");
    assertThat(send("GET", "contacts", "", "MSCRMCallerID", "99999999-9999-4999-8999-999999999999"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(403);
  }

  @Test
  void requests_are_counted_by_method_and_status() throws Exception {
    String contact = create("{\"fullname\":\"Nancy\"}");
    double before = counted("PATCH", 412);

    patch(contact, "{\"jobtitle\":\"CTO\"}", "If-Match", "W/\"0\"");
    patch(contact, "{\"jobtitle\":\"CEO\"}", "If-Match", "W/\"0\"");
    patch(contact, "{\"jobtitle\":\"CEO\"}", "If-Match", "W/\"0\"");

    assertThat(counted("PATCH", 412)).isEqualTo(before + 2);
    assertThat(counted("PATCH", 204)).isPositive();
  }

  private static double counted(String method, int status) throws Exception {
    URI meter =
        uri(
            "/actuator/metrics/rowstream.http.requests?tag=method:%s&tag=status:%d"
                .formatted(method, status));
    var answer =
        HTTP.send(HttpRequest.newBuilder(meter).build(), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 404
        ? 0
        : Double.parseDouble(
            String.valueOf(Json.at(Json.object(answer.body()), "measurements", 0, "value")));
  }

  private static String create(String json) throws Exception {
    return service.contact(json);
  }

  private static HttpResponse<String> patch(String path, String json, String... headers)
      throws Exception {
    return service.send("PATCH", path, json, headers);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return service.get(path);
  }

  private static HttpResponse<String> send(
      String method, String path, String json, String... headers) throws Exception {
    return service.send(method, path, json, headers);
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }
}
