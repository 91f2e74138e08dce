package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRecordIT {
  private static final UUID COMPANY = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  private static final RecordRef ANN = Contacts.contact(1);
  private static final RecordRef GONE = Contacts.contact(2);
  private static final RecordRef NOTE = new RecordRef("note", ANN.id());

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.CONTACT);
    server.define(Contacts.SYSTEM_USER);
    server.define(Contacts.NOTE);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea Buyer")));
    server.create(
        ANN,
        Map.of(
            "fullname",
            Value.text("Ann \"Ä\" <b>"),
            "emailaddress1",
            Value.text("a@x"),
            "numberofchildren",
            Value.whole(2),
            "creditlimit",
            new Value.Decimal(new BigDecimal("5000000.5")),
            "donotemail",
            new Value.YesNo(true),
            "anniversary",
            new Value.DateTime(Instant.parse("2020-02-29T10:00:00.123456Z")),
            "gendercode",
            Value.whole(1),
            "parentcustomerid",
            new Value.Lookup(new RecordRef("account", COMPANY))));
    rename(ANN, "a@x", "b@x");
    server.create(GONE, Map.of("fullname", Value.text("Gone")));
    server
        .writer()
        .append(GONE, new RecordDeleted(Map.of("fullname", Value.text("Gone")), false, Set.of()));
    long last = server.create(NOTE, Map.of("text", Value.text("n")));
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void rename(RecordRef record, String from, String to) {
    server
        .writer()
        .append(
            record,
            new RecordUpdated(
                Map.of("emailaddress1", new Change(Value.text(from), Value.text(to))),
                false,
                false,
                Set.of()));
  }

  private static String path(RecordRef record) {
    return record.entityType() + "s(" + record.id() + ")";
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  void a_record_is_answered_with_everything_it_has() {
    var response = server.get(path(ANN));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "OData-Version")).isEqualTo("4.0");
    assertThat(header(response, "Content-Type"))
        .isEqualTo("application/json; odata.metadata=minimal");
    assertThat(header(response, "ETag")).isEqualTo("W/\"1\"");
    assertThat(response.body())
        .startsWith(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#contacts/$entity\",\"@odata.etag\":\"W/\\\"1\\\"\",\"contactid\":\""
                + ANN.id()
                + "\",\"fullname\":\"Ann \\\"Ä\\\" <b>\",\"emailaddress1\":\"b@x\"")
        .contains(
            "\"numberofchildren\":2",
            "\"creditlimit\":5000000.5",
            "\"donotemail\":true",
            "\"anniversary\":\"2020-02-29T10:00:00Z\"",
            "\"gendercode\":1",
            "\"_parentcustomerid_value\":\"" + COMPANY + "\"",
            "\"description\":null",
            "\"versionnumber\":1",
            "\"_createdby_value\":\"" + ReadServer.ADA + "\"")
        .containsPattern("\"createdon\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");
  }

  @Test
  void only_what_is_selected_is_answered_and_the_id() {
    var response = server.get(path(ANN) + "?$select=emailaddress1,versionnumber");

    assertThat(response.body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#contacts(contactid,emailaddress1,versionnumber)/$entity\",\"@odata.etag\":\"W/\\\"1\\\"\","
                + "\"contactid\":\""
                + ANN.id()
                + "\",\"emailaddress1\":\"b@x\",\"versionnumber\":1}");
  }

  @Test
  void annotations_come_when_they_are_asked_for() {
    var response =
        server.get(
            path(ANN) + "?$select=_parentcustomerid_value,anniversary",
            "Prefer",
            "odata.include-annotations=\"*\"");

    assertThat(response.body())
        .contains(
            "\"_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"account\"",
            "\"anniversary@rowstream.precise\":\"2020-02-29T10:00:00.123456Z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v9.0", "v9.1", "v9.2"})
  void every_version_of_the_service_root_answers_under_its_own_name(String version) {
    var response = server.get(server.root().replace("v9.2", version) + path(ANN));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("/api/data/" + version + "/$metadata#contacts");
  }

  @Test
  void a_record_can_be_named_by_its_primary_key() {
    assertThat(server.get("contacts(contactid=" + ANN.id() + ")").body())
        .isEqualTo(server.get(path(ANN)).body());
  }

  @Test
  void a_condition_that_names_the_current_version_saves_the_body() {
    var same = server.get(path(ANN), "If-None-Match", "W/\"1\"");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(header(same, "ETag")).isEqualTo("W/\"1\"");

    assertThat(server.get(path(ANN), "If-None-Match", "W/\"0\"").statusCode()).isEqualTo(200);
    assertThat(server.get(path(ANN), "If-None-Match", "null").statusCode()).isEqualTo(200);
    assertThat(
            server
                .get(
                    path(ANN),
                    "If-None-Match",
                    "W/\"1\"",
                    "Prefer",
                    "odata.include-annotations=\"*\"")
                .statusCode())
        .isEqualTo(200);
    assertThat(server.get(path(NOTE), "If-None-Match", "W/\"0\"").statusCode())
        .as("where versions are not checked")
        .isEqualTo(200);
    assertThat(server.get(path(ANN), "If-None-Match", "rubbish").statusCode()).isEqualTo(400);
  }

  @Test
  void one_property_can_be_read_as_json_and_as_text() {
    var json = server.get(path(ANN) + "/emailaddress1");
    assertThat(json.body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#contacts("
                + ANN.id()
                + ")/emailaddress1\",\"value\":\"b@x\"}");
    var text = server.get(path(ANN) + "/fullname/$value");
    assertThat(text.body()).isEqualTo("Ann \"Ä\" <b>");
    assertThat(header(text, "Content-Type")).startsWith("text/plain");

    assertThat(server.get(path(ANN) + "/description").statusCode()).isEqualTo(204);
    assertThat(server.get(path(ANN) + "/description/$value").statusCode()).isEqualTo(204);
    assertThat(server.get(path(ANN) + "/nothing").statusCode()).isEqualTo(404);
    assertThat(server.get(path(ANN) + "/parentcustomerid_account").statusCode()).isEqualTo(404);
  }

  @Test
  void a_record_is_read_as_it_was_at_a_version_or_a_time() throws Exception {
    RecordRef record = Contacts.contact(10);
    server.create(record, Map.of("emailaddress1", Value.text("v0")));
    Awaitility.await().until(() -> Instant.now().isAfter(createdOn(record).plusMillis(20)));
    Instant between = createdOn(record).plusMillis(10);
    rename(record, "v0", "v1");
    var was = new HashMap<String, Value>();
    was.put("emailaddress1", Value.text("v1"));
    server.writer().append(record, new RecordDeleted(was, false, Set.of()));
    server
        .writer()
        .append(
            record,
            new RecordRestored(
                Map.of("emailaddress1", new Change(Value.empty(), Value.text("v0"))),
                0,
                false,
                Set.of()));

    var first = server.get(path(record) + "?rowstream.version=0");
    assertThat(first.body()).contains("\"emailaddress1\":\"v0\"", "\"versionnumber\":0");
    assertThat(header(first, "ETag")).isEqualTo("W/\"0\"");
    assertThat(server.get(path(record) + "?rowstream.version=1").body())
        .contains("\"emailaddress1\":\"v1\"");
    assertThat(server.get(path(record) + "?rowstream.version=2").statusCode()).isEqualTo(404);
    assertThat(server.get(path(record) + "?rowstream.version=4").statusCode()).isEqualTo(404);
    assertThat(server.get(path(record) + "?rowstream.at=" + between).body())
        .contains("\"versionnumber\":0");
    assertThat(server.get(path(record) + "?rowstream.at=2999-01-01T00:00:00Z").body())
        .contains("\"versionnumber\":3");
    assertThat(server.get(path(record) + "?rowstream.at=2001-01-01T00:00:00Z").statusCode())
        .isEqualTo(404);
    assertThat(server.get(path(record) + "/emailaddress1/$value?rowstream.version=1").body())
        .isEqualTo("v1");
  }

  private static Instant createdOn(RecordRef record) throws Exception {
    try (var connection = server.database().owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT committed_on FROM log.event WHERE version = 0 AND record_id = '"
                    + record.id()
                    + "'")) {
      rows.next();
      return rows.getTimestamp(1).toInstant();
    }
  }

  @Test
  void what_is_not_there_is_told_apart() {
    var neverThere = server.get(path(Contacts.contact(99)));
    assertThat(neverThere.statusCode()).isEqualTo(404);
    assertThat(neverThere.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80040217\",\"message\":\"contact With Id = "
                + Contacts.contact(99).id()
                + " Does Not Exist\"}}");

    var deleted = server.get(path(GONE));
    assertThat(deleted.statusCode()).isEqualTo(404);
    assertThat(deleted.body())
        .contains("0x80040217", "@rowstream.deleted", "\"fullname\":\"Ada Admin\"", "deletedOn");

    var noSet = server.get("nothings(" + ANN.id() + ")");
    assertThat(noSet.statusCode()).isEqualTo(404);
    assertThat(noSet.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Resource not found for the segment"
                + " 'nothings'.\"}}");
    assertThat(server.get(server.root().replace("v9.2", "v8.0") + path(ANN)).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contacts(not-a-guid)",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?$filter=fullname%20eq%20'x'",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?$top=1",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?$expand=x",
        "contacts?$apply=aggregate($count)",
        "contacts/$count?$apply=aggregate($count%20as%20n)",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?$apply=aggregate($count%20as%20n)",
        "contacts?$skip=1",
        "contacts?$search=ann",
        "contacts?$format=json",
        "contacts?$unknown=1",
        "contacts?unknown=1",
        "contacts?$select=nothing",
        "contacts?$filter=nothing%20eq%201",
        "contacts?$filter=fullname%20eq%201",
        "contacts?$filter=fullname%20eq%20'%00'",
        "contacts?$orderby=parentcustomerid",
        "contacts?$orderby=nothing",
        "contacts?$top=-1",
        "contacts?$top=x",
        "contacts?$skiptoken=rubbish",
        "contacts?rowstream.version=1",
        "contacts?$filter=(((",
        "contacts/$count?$top=1",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?rowstream.version=-1",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)?rowstream.at=yesterday",
        "contacts(aaaaaaaa-0000-4000-8000-000000000001)/rowstream.history?$orderby=fullname",
        "contacts%2F..%2F..%2Fetc",
        "%FF"
      })
  void what_makes_no_sense_is_refused_as_a_bad_request(String path) {
    var response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":{\"code\":\"0x80060888\",\"message\":\"");
    assertThat(header(response, "Content-Type")).startsWith("application/json");
  }

  @Test
  void what_is_not_there_yet_says_so() {
    var response =
        server.get("contacts(aaaaaaaa-0000-4000-8000-000000000001)/parentcustomerid_account/$ref");

    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(response.body()).contains("0x80060888", "not supported yet");
  }
}
