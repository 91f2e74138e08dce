package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.testkit.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A server that knows the whole life of [Ann], who was deleted and restored at last.
abstract class LifeOfAnn {
  static final UUID COMPANY = Ann.COMPANY;
  static final RecordRef ANN = Ann.REF;
  static final String TARGET = "{\"@odata.id\":\"contacts(" + ANN.id() + ")\"}";

  static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.CONTACT);
    server.define(Contacts.NOTE);
    server.define(Contacts.SYSTEM_USER);
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea Buyer")));
    server.create(new RecordRef("note", COMPANY), Map.of("text", Value.text("not shown")));
    Ann.begin(server);
    Ann.say(
        server,
        "c3",
        new RecordDeleted(
            Map.of("emailaddress1", Value.text("v2"), "parentcustomerid", Ann.company()),
            false,
            Set.of()));
    Ann.say(
        server,
        "c4",
        new RecordRestored(
            Map.of("emailaddress1", new Change(Value.empty(), Value.text("v0"))),
            0,
            false,
            Set.of()));
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static HttpResponse<String> history(String target, String paging) {
    return server.get(
        "RetrieveRecordChangeHistory(Target=@p1,PagingInfo=@p2)?@p1=%s&@p2=%s"
            .formatted(escaped(target), escaped(paging)));
  }

  static Map<String, @Nullable Object> ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.object(response.body());
  }

  static List<?> details(Map<String, @Nullable Object> answer) {
    return (List<?>)
        Objects.requireNonNull(Json.at(answer, "AuditDetailCollection", "AuditDetails"));
  }

  static List<@Nullable Object> versions(List<?> details) {
    var versions = new ArrayList<@Nullable Object>();
    details.forEach(each -> versions.add(Json.at(each, "AuditRecord", "@rowstream.rowVersion")));
    return versions;
  }
}
