package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What holds for every read: who reads, by which method, from which projection, and how a failure
/// is told.
class ReadServiceIT {
  private static final RecordRef ANN = Contacts.contact(1);

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.CONTACT);
    server.define(Contacts.SYSTEM_USER);
    server.define(Contacts.NOTE);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea Buyer")));
    server.create(ANN, Map.of("fullname", Value.text("Ann")));
    server.awaitCaughtUp(
        server
            .writer()
            .append(
                ANN,
                new RecordUpdated(
                    Map.of("fullname", new Change(Value.text("Ann"), Value.text("Anna"))),
                    false,
                    false,
                    Set.of())));
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String path(RecordRef record) {
    return record.entityType() + "s(" + record.id() + ")";
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  void the_caller_has_to_be_a_user() {
    assertThat(server.get("WhoAmI").body()).contains("\"UserId\":\"" + ReadServer.ADA + "\"");
    assertThat(server.get("WhoAmI()", "MSCRMCallerID", ReadServer.BEA.toString()).body())
        .contains("\"UserId\":\"" + ReadServer.BEA + "\"");
    assertThat(server.get(path(ANN), "MSCRMCallerID", ReadServer.BEA.toString()).statusCode())
        .isEqualTo(200);
    var nobody = server.get(path(ANN), "MSCRMCallerID", new UUID(1, 1).toString());
    assertThat(nobody.statusCode()).isEqualTo(403);
    assertThat(nobody.body()).startsWith("{\"error\":{\"code\":\"0x80040220\"");
    assertThat(server.get("contacts", "MSCRMCallerID", "Bea").statusCode()).isEqualTo(400);

    UUID shortLived = UUID.fromString("99999999-0000-4000-8000-000000000001");
    server.create(Contacts.user(shortLived), Map.of("fullname", Value.text("Cy")));
    assertThat(server.get("WhoAmI", "MSCRMCallerID", shortLived.toString()).statusCode())
        .isEqualTo(200);
    server
        .writer()
        .append(
            Contacts.user(shortLived),
            new RecordDeleted(Map.of("fullname", Value.text("Cy")), false, Set.of()));
    Awaitility.await()
        .until(
            () -> server.get("WhoAmI", "MSCRMCallerID", shortLived.toString()).statusCode() == 403);
  }

  @Test
  void the_service_document_lists_the_sets() {
    assertThat(server.get("").body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata\",\"value\":["
                + "{\"name\":\"contacts\",\"kind\":\"EntitySet\",\"url\":\"contacts\"},"
                + "{\"name\":\"notes\",\"kind\":\"EntitySet\",\"url\":\"notes\"},"
                + "{\"name\":\"systemusers\",\"kind\":\"EntitySet\",\"url\":\"systemusers\"}]}");
    assertThat(server.get(server.root().replaceFirst("/$", "")).statusCode()).isEqualTo(200);
  }

  @Test
  void head_is_answered_like_get_without_a_body_and_other_methods_are_not() {
    var head = server.send("HEAD", path(ANN));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo("W/\"1\"");
    assertThat(server.send("HEAD", "contacts").statusCode()).isEqualTo(200);

    var trace = server.send("OPTIONS", path(ANN));
    assertThat(trace.statusCode()).isEqualTo(405);
    assertThat(trace.body()).startsWith("{\"error\":");
    assertThat(header(trace, "Allow")).contains("GET");
  }

  @Test
  void a_write_is_read_at_once_although_the_projection_stands_still() {
    try (var own = new ReadServer()) {
      own.define(Contacts.CONTACT);
      long position = own.create(ANN, Map.of("fullname", Value.text("projected")));
      own.awaitCaughtUp(position);
      own.bean(CurrentRecordsProjection.class).close();

      own.writer()
          .append(
              ANN,
              new RecordUpdated(
                  Map.of("fullname", new Change(Value.text("projected"), Value.text("newer"))),
                  false,
                  false,
                  Set.of()));

      var response = own.get(path(ANN));
      assertThat(response.body()).contains("\"fullname\":\"newer\"");
      assertThat(header(response, "ETag")).isEqualTo("W/\"1\"");
    }
  }

  @Test
  void a_failure_of_ours_is_told_without_its_inside() {
    RecordRef broken = Contacts.contact(66);
    server.awaitCaughtUp(server.writer().append(broken, new RecordCreated(Map.of())));
    server
        .database()
        .execute(
            "UPDATE log.event SET payload = '{\"secret' WHERE record_id = '"
                + broken.id()
                + "'; DELETE FROM view.record WHERE id = '"
                + broken.id()
                + "'");

    var response = server.get(path(broken));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80040216\",\"message\":\"An unexpected error occurred.\"}}");
  }
}
