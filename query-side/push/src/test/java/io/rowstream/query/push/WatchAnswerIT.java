package io.rowstream.query.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What one watch tells, of what, and in which form.
class WatchAnswerIT extends OneNode {
  @Test
  void a_change_is_told_with_who_when_what_from_and_what_to() {
    var ada = Sample.contact();
    try (var watch = server.watch(Sample.of(ada))) {
      writer.append(ada, Sample.created("Ada"));
      writer.append(
          new SaidTogether(
              new Origin("command-7", "tab-3", LogWriter.ADA),
              List.of(new Said(ada, Sample.renamed("Ada", "Ada Lovelace")))));

      var frame = watch.await(Sample.SOON, "change", 2).json();
      assertThat(frame.get("position")).isEqualTo(2L);
      assertThat(frame.get("commandId")).isEqualTo("command-7");
      assertThat(frame.get("clientId")).isEqualTo("tab-3");
      assertThat(Json.at(frame, "actor", "id")).isEqualTo(LogWriter.ADA.toString());
      assertThat(Json.at(frame, "actor", "fullname")).isEqualTo("Ada Admin");
      var change = Json.at(frame, "changes", 0);
      assertThat(Json.at(change, "entity")).isEqualTo("contact");
      assertThat(Json.at(change, "set")).isEqualTo("contacts");
      assertThat(Json.at(change, "id")).isEqualTo(ada.id().toString());
      assertThat(Json.at(change, "rowVersion")).isEqualTo(1L);
      assertThat(Json.at(change, "operation")).isEqualTo("update");
      assertThat(Json.at(change, "attributes", "fullname", "old")).isEqualTo("Ada");
      assertThat(Json.at(change, "attributes", "fullname", "new")).isEqualTo("Ada Lovelace");
      assertThat(Json.at(change, "merged")).isEqualTo(false);
    }
  }

  @Test
  void the_response_is_an_event_stream_that_no_proxy_may_hold_back() {
    try (var watch = server.watch("")) {
      assertThat(watch.status()).isEqualTo(200);
      assertThat(watch.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(watch.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(watch.headers().firstValue("X-Accel-Buffering")).contains("no");
    }
  }

  @Test
  void a_client_of_http_1_0_gets_the_same_without_chunks() {
    try (var old = new RawClient(server.port(), "", "1.0")) {
      writer.append(Sample.contact(), Sample.created("Ada"));
      var text = old.readUntil("\"forced\":false}]}\n\n");

      assertThat(text).doesNotContain("Transfer-Encoding").contains("event: change\ndata: {");
    }
  }

  @Test
  void only_attributes_asked_for_are_told_and_updates_of_others_not_at_all() {
    var ada = Sample.contact();
    try (var watch = server.watch(Sample.of(ada) + "&attributes=jobtitle,fullname")) {
      var last =
          List.of(
                  Sample.created("Ada"),
                  Sample.updated("description", "a", "b"),
                  Sample.updated("jobtitle", "CTO", "CEO"),
                  Sample.deleted("Ada"))
              .stream()
              .mapToLong(event -> writer.append(ada, event))
              .max()
              .orElseThrow();
      watch.await(Sample.SOON, "change", last);

      var changes = watch.received("change").stream().map(e -> e.changes().getFirst()).toList();
      assertThat(changes)
          .extracting(c -> Json.at(c, "operation"))
          .containsExactly("create", "update", "delete");
      assertThat(Json.at(changes.get(1), "attributes"))
          .isEqualTo(Map.of("jobtitle", Map.of("old", "CTO", "new", "CEO")));
      assertThat(Json.at(changes.get(2), "attributes", "fullname", "old")).isEqualTo("Ada");
    }
  }

  @Test
  void a_lookup_is_asked_for_and_told_by_the_name_of_its_column() {
    var ada = Sample.contact();
    var acme = Sample.account();
    var employed = Map.of("parentcustomerid", new Change(Value.empty(), new Value.Lookup(acme)));
    try (var watch = server.watch(Sample.of(ada) + "&attributes=_parentcustomerid_value")) {
      writer.append(ada, Sample.created("Ada"));
      var last = writer.append(ada, new RecordUpdated(employed, false, false, Set.of()));
      watch.await(Sample.SOON, "change", last);

      var change = watch.received("change").getLast().changes().getFirst();
      assertThat(Json.at(change, "attributes", "_parentcustomerid_value", "old")).isNull();
      assertThat(Json.at(change, "attributes", "_parentcustomerid_value", "new"))
          .isEqualTo(acme.id().toString());
    }
  }

  @Test
  void several_records_and_entities_are_one_watch() {
    var ada = Sample.contact();
    var acme = Sample.account();
    try (var watch = server.watch(Sample.of(ada) + "&entity=accounts")) {
      writer.append(Sample.contact(), Sample.created("not wanted"));
      writer.append(ada, Sample.created("Ada"));
      var last = writer.append(acme, Sample.created("Acme"));
      watch.await(Sample.SOON, "change", last);

      assertThat(Truth.ofTheWatch(watch.received()))
          .extracting(Truth.Seen::record)
          .containsExactly(ada, acme);
    }
  }
}
