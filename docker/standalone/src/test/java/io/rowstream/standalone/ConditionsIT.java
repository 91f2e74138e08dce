package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What `If-Match` and `Prefer` make of a change that comes too late, and that whoever has the
/// answer to a write, or is told of it, reads what was written.
class ConditionsIT {
  private static final int ROUNDS = 70;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String[] STALE = {"If-Match", "W/\"0\""};

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void a_stale_change_of_one_attribute_is_a_conflict_and_changes_nothing() throws Exception {
    String contact = promoted();
    long before = service.position();

    var put = service.send("PUT", contact + "/jobtitle", "{\"value\":\"CEO\"}", STALE);
    var delete = service.send("DELETE", contact + "/jobtitle", "", STALE);

    assertThat(clashOf(put)).containsEntry("theirs", "CTO").containsEntry("mine", "CEO");
    assertThat(clashOf(delete)).containsEntry("theirs", "CTO").containsEntry("mine", null);
    assertThat(service.position()).isEqualTo(before);
    assertThat(now(contact))
        .containsEntry("@odata.etag", "W/\"1\"")
        .containsEntry("jobtitle", "CTO");
  }

  @Test
  void a_change_of_one_attribute_of_the_version_at_hand_is_made() throws Exception {
    String contact = promoted();

    service.done(
        "PUT", contact + "/jobtitle", "{\"value\":\"CEO\"}", "If-Match", service.etag(contact));
    assertThat(now(contact))
        .containsEntry("@odata.etag", "W/\"2\"")
        .containsEntry("jobtitle", "CEO");
    service.done("DELETE", contact + "/jobtitle", "", "If-Match", service.etag(contact));
    assertThat(now(contact))
        .containsEntry("@odata.etag", "W/\"3\"")
        .containsEntry("jobtitle", null);
  }

  @Test
  void a_stale_change_is_forced_when_asked_for_and_the_history_says_what_it_overwrote()
      throws Exception {
    String contact = promoted();

    var forced =
        service.send(
            "PATCH",
            contact,
            "{\"jobtitle\":\"CEO\",\"telephone1\":\"555\"}",
            "If-Match",
            "W/\"0\"",
            "Prefer",
            "rowstream.overwrite");

    assertThat(forced.statusCode()).as(forced.body()).isEqualTo(204);
    assertThat(forced.headers().firstValue("ETag")).contains("W/\"2\"");
    assertThat(now(contact)).containsEntry("jobtitle", "CEO").containsEntry("telephone1", "555");
    var latest = latestChange(contact);
    assertThat(Json.at(latest, "forced")).isEqualTo(true);
    assertThat(Json.at(latest, "overwrote")).isEqualTo(List.of("jobtitle"));
    assertThat(Json.at(latest, "attributes", "jobtitle", "old")).isEqualTo("CTO");
  }

  @Test
  void a_stale_end_is_forced_when_asked_for() throws Exception {
    String contact = promoted();

    assertThat(service.send("DELETE", contact, "", STALE).statusCode()).isEqualTo(412);
    assertThat(now(contact)).containsEntry("@odata.etag", "W/\"1\"");
    service.done("DELETE", contact, "", "If-Match", "W/\"0\"", "Prefer", "rowstream.overwrite");

    var latest = latestChange(contact);
    assertThat(Json.at(latest, "operation")).isEqualTo("delete");
    assertThat(Json.at(latest, "forced")).isEqualTo(true);
    assertThat(Json.at(latest, "overwrote")).isEqualTo(List.of("jobtitle"));
  }

  @Test
  void a_merge_that_clashes_is_a_conflict_that_says_in_what() throws Exception {
    String contact = promoted();

    var clashing =
        service.send(
            "PATCH",
            contact,
            "{\"jobtitle\":\"CEO\",\"telephone1\":\"555\"}",
            "If-Match",
            "W/\"0\"",
            "Prefer",
            "rowstream.merge");

    assertThat(clashOf(clashing))
        .containsEntry("base", "Buyer")
        .containsEntry("theirs", "CTO")
        .containsEntry("mine", "CEO");
    assertThat(Json.at(conflict(clashing), "mergeable")).isEqualTo(false);
    assertThat(now(contact))
        .containsEntry("@odata.etag", "W/\"1\"")
        .containsEntry("jobtitle", "CTO")
        .containsEntry("telephone1", null);
  }

  @Test
  void who_has_the_answer_to_a_write_reads_it_at_once() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String contact = service.contact("{\"jobtitle\":\"Buyer " + round + "\"}");
      assertThat(now(contact)).containsEntry("jobtitle", "Buyer " + round);

      service.done("PATCH", contact, "{\"jobtitle\":\"CTO " + round + "\"}");
      assertThat(now(contact))
          .containsEntry("@odata.etag", "W/\"1\"")
          .containsEntry("jobtitle", "CTO " + round);

      service.done("DELETE", contact, "");
      assertThat(service.read(contact).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void who_is_told_of_a_change_reads_it_at_once_by_id_and_in_a_list() throws Exception {
    String contact = service.contact("{\"jobtitle\":\"Buyer\"}");
    var watched = URI.create(service.root()).resolve("/api/watch?record=" + contact);
    try (var watch = SseClient.open(watched)) {
      watch.await(SOON, "caught-up");
      for (long round = 1; round <= ROUNDS; round++) {
        long version = round;
        String title = "Told-" + version;
        var patched = service.sendAsync("PATCH", contact, "{\"jobtitle\":\"" + title + "\"}");
        watch.await(SOON, frame -> version(frame) == version);

        assertThat(now(contact)).containsEntry("jobtitle", title);
        assertThat(service.read("contacts?$filter=jobtitle%20eq%20'" + title + "'").body())
            .contains("W/\\\"" + version + "\\\"");
        assertThat(patched.join().statusCode()).isEqualTo(204);
      }
    }
  }

  private static long version(SseEvent frame) {
    return frame.is("change")
            && Json.at(frame.json(), "changes", 0, "rowVersion") instanceof Long version
        ? version
        : -1;
  }

  /// A contact that was a buyer at version 0 and is CTO at version 1.
  private static String promoted() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\",\"jobtitle\":\"Buyer\"}");
    service.done("PATCH", contact, "{\"jobtitle\":\"CTO\"}", STALE);
    return contact;
  }

  /// The record as it is told without asking for a position.
  private static Map<String, @Nullable Object> now(String contact) throws Exception {
    var answer = service.read(contact);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.object(answer.body());
  }

  private static @Nullable Object latestChange(String contact) throws Exception {
    var history = service.read(contact + "/rowstream.history?$top=1");
    return Json.at(Json.object(history.body()), "value", 0);
  }

  private static @Nullable Object conflict(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(412);
    return Json.at(Json.object(answer.body()), "error", "@rowstream.conflict");
  }

  /// The one attribute another has changed, in which the answer has to name a clash.
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> clashOf(HttpResponse<String> answer) {
    var conflict = conflict(answer);
    assertThat(Json.at(conflict, "expectedVersion")).isEqualTo(0L);
    assertThat(Json.at(conflict, "currentVersion")).isEqualTo(1L);
    assertThat(Json.at(conflict, "attributes", 1)).isNull();
    var attribute = Json.at(conflict, "attributes", 0);
    assertThat(Json.at(attribute, "name")).isEqualTo("jobtitle");
    assertThat(Json.at(attribute, "clash")).isEqualTo(true);
    return (Map<String, @Nullable Object>) Objects.requireNonNull(attribute);
  }
}
