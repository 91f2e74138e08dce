package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIT {
  private static final UUID COMPANY = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  private static final RecordRef ANN = Contacts.contact(1);
  private static final RecordRef NOTE = new RecordRef("note", COMPANY);
  private static final String TARGET = "{\"@odata.id\":\"contacts(" + ANN.id() + ")\"}";
  private static final String DETAILS = "/Microsoft.Dynamics.CRM.RetrieveAuditDetails";

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.CONTACT);
    server.define(Contacts.NOTE);
    server.define(Contacts.SYSTEM_USER);
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea Buyer")));
    server.create(NOTE, Map.of("text", Value.text("not shown")));
    say("c0", new RecordCreated(Map.of("emailaddress1", Value.text("v0"))));
    say(
        "c1",
        new RecordUpdated(
            Map.of(
                "parentcustomerid",
                new Change(Value.empty(), new Value.Lookup(new RecordRef("account", COMPANY)))),
            true,
            false,
            Set.of()));
    say("c2", new RecordUpdated(email("v0", "v2"), false, true, Set.of("parentcustomerid")));
    say(
        "c3",
        new RecordDeleted(
            Map.of(
                "emailaddress1",
                Value.text("v2"),
                "parentcustomerid",
                new Value.Lookup(new RecordRef("account", COMPANY))),
            false,
            Set.of()));
    say(
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

  private static Map<String, Change> email(String from, String to) {
    return Map.of("emailaddress1", new Change(Value.text(from), Value.text(to)));
  }

  private static long say(String command, RecordEvent event) {
    var origin = new Origin(command, "tab-1", ReadServer.BEA);
    return server.writer().append(new SaidTogether(origin, List.of(new Said(ANN, event))));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> history(String target, String paging) {
    return server.get(
        "RetrieveRecordChangeHistory(Target=@p1,PagingInfo=@p2)?@p1=%s&@p2=%s"
            .formatted(escaped(target), escaped(paging)));
  }

  private static Map<String, @Nullable Object> ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.object(response.body());
  }

  private static List<?> details(Map<String, @Nullable Object> answer) {
    return (List<?>)
        Objects.requireNonNull(Json.at(answer, "AuditDetailCollection", "AuditDetails"));
  }

  private static List<@Nullable Object> versions(List<?> details) {
    var versions = new ArrayList<@Nullable Object>();
    details.forEach(each -> versions.add(Json.at(each, "AuditRecord", "@rowstream.rowVersion")));
    return versions;
  }

  private static List<?> rows(String query) {
    return (List<?>) Objects.requireNonNull(ok(server.get(query)).get("value"));
  }

  private static List<@Nullable Object> all(List<?> rows, String member) {
    var values = new ArrayList<@Nullable Object>();
    rows.forEach(row -> values.add(Json.at(row, member)));
    return values;
  }

  @Test
  void a_record_tells_who_changed_what_from_what_to_and_when_newest_first() {
    var answer = ok(history(TARGET, "{\"PageNumber\":1,\"Count\":100}"));

    assertThat(answer)
        .containsEntry(
            "@odata.context",
            server.root() + "$metadata#Microsoft.Dynamics.CRM.RetrieveRecordChangeHistoryResponse");
    assertThat(Json.at(answer, "AuditDetailCollection", "MoreRecords")).isEqualTo(false);
    assertThat(Json.at(answer, "AuditDetailCollection", "PagingCookie")).isEqualTo("");
    assertThat(Json.at(answer, "AuditDetailCollection", "TotalRecordCount")).isEqualTo(-1L);
    assertThat(versions(details(answer))).containsExactly(4L, 3L, 2L, 1L, 0L);
    Object forced = details(answer).get(2);
    assertThat(Json.at(forced, "@odata.type"))
        .isEqualTo("#Microsoft.Dynamics.CRM.AttributeAuditDetail");
    assertThat(Json.at(forced, "OldValue"))
        .isEqualTo(Map.of("@odata.type", "#Microsoft.Dynamics.CRM.contact", "emailaddress1", "v0"));
    assertThat(Json.at(forced, "NewValue", "emailaddress1")).isEqualTo("v2");
    Object record = Json.at(forced, "AuditRecord");
    assertThat(Json.at(record, "operation")).isEqualTo(2L);
    assertThat(Json.at(record, "_userid_value")).isEqualTo(ReadServer.BEA.toString());
    assertThat(Json.at(record, "_userid_value@OData.Community.Display.V1.FormattedValue"))
        .isEqualTo("Bea Buyer");
    assertThat(Json.at(record, "_objectid_value")).isEqualTo(ANN.id().toString());
    assertThat(Json.at(record, "objecttypecode")).isEqualTo("contact");
    assertThat(Json.at(record, "@rowstream.commandId")).isEqualTo("c2");
    assertThat(Json.at(record, "@rowstream.forced")).isEqualTo(true);
    assertThat(Json.at(record, "@rowstream.overwrote", 0)).isEqualTo("_parentcustomerid_value");
    assertThat(String.valueOf(Json.at(record, "createdon"))).matches("....-..-..T..:..:..Z");
    Object merged = details(answer).get(3);
    assertThat(Json.at(merged, "AuditRecord", "@rowstream.merged")).isEqualTo(true);
    assertThat(Json.at(merged, "NewValue", "_parentcustomerid_value"))
        .isEqualTo(COMPANY.toString());
    assertThat(
            Json.at(
                merged,
                "NewValue",
                "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"))
        .isEqualTo("account");
    assertThat(Json.at(details(answer).get(1), "AuditRecord", "operation")).isEqualTo(3L);
    assertThat(Json.at(details(answer).get(0), "AuditRecord", "@rowstream.operation"))
        .isEqualTo("restore");
    assertThat(Json.at(details(answer).get(0), "AuditRecord", "@rowstream.restoredFrom"))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'@odata.id':'contacts(%s)'}",
        "{\"@odata.id\":\"/api/data/v9.2/contacts(%s)\"}",
        "{\"@odata.id\":\"https://elsewhere/api/data/v9.1/contacts(contactid=%s)\"}",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.contact\",\"contactid\":\"%s\"}",
        "{'contactid':'%s','@odata.type':'#Microsoft.Dynamics.CRM.contact'}",
      })
  void a_target_can_be_written_in_several_ways(String target) {
    String argument = target.formatted(ANN.id());

    assertThat(versions(details(ok(history(argument, "null"))))).hasSize(5);
    assertThat(
            details(
                ok(server.get("RetrieveRecordChangeHistory(Target=@t)?@t=" + escaped(argument)))))
        .hasSize(5);
  }

  @Test
  void pages_go_by_number_and_by_cookie() {
    var first =
        ok(history(TARGET, "{\"PageNumber\":1,\"Count\":2,\"ReturnTotalRecordCount\":true}"));
    assertThat(versions(details(first))).containsExactly(4L, 3L);
    assertThat(Json.at(first, "AuditDetailCollection", "TotalRecordCount")).isEqualTo(5L);
    assertThat(Json.at(first, "AuditDetailCollection", "MoreRecords")).isEqualTo(true);
    Object cookie = Json.at(first, "AuditDetailCollection", "PagingCookie");

    assertThat(
            versions(details(ok(history(TARGET, "{'Count':2,'PagingCookie':'" + cookie + "'}")))))
        .containsExactly(2L, 1L);
    assertThat(versions(details(ok(history(TARGET, "{'PageNumber':3,'Count':2}")))))
        .containsExactly(0L);
    assertThat(versions(details(ok(history(TARGET, "{'PageNumber':4,'Count':2}"))))).isEmpty();
    assertThat(versions(details(ok(history(TARGET, "{'PageNumber':1000000,'Count':1000000}")))))
        .isEmpty();
  }

  @Test
  void an_attribute_tells_its_own_changes_only() {
    String call =
        "RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a,PagingInfo=@p)?@t="
            + escaped(TARGET)
            + "&@a='emailaddress1'&@p=";
    var all = ok(server.get(call + escaped("{'ReturnTotalRecordCount':true}")));
    assertThat(versions(details(all))).containsExactly(4L, 3L, 2L, 0L);
    assertThat(Json.at(all, "AuditDetailCollection", "TotalRecordCount")).isEqualTo(4L);

    var second = ok(server.get(call + escaped("{'PageNumber':2,'Count':1}")));
    assertThat(versions(details(second))).containsExactly(3L);
    assertThat(Json.at(second, "AuditDetailCollection", "PagingCookie")).isEqualTo("2");
    assertThat(server.get(call.replace("emailaddress1", "nosuch") + "null").statusCode())
        .isEqualTo(400);
    assertThat(server.get(call + escaped("{'PageNumber':101}")).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RetrieveRecordChangeHistory",
        "RetrieveRecordChangeHistory()",
        "RetrieveRecordChangeHistory(Target=@t)",
        "RetrieveRecordChangeHistory(Target=@t)?@t=1",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B%7D",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B'@odata.id':'contacts'%7D",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B'@odata.id':%7B%7D%7D",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B'@odata.id':'//elsewhere/'%7D",
        "RetrieveRecordChangeHistory(Target=@t,Other=1)?@t=%7B%7D",
        "RetrieveRecordChangeHistory(Target=@t)?@t=%7B%7D&$top=1",
        "RetrieveAttributeChangeHistory(Target=@t)?@t=%7B'@odata.id':'contacts(a)'%7D",
        "audits?$filter=_userid_value%20ne%20null",
        "audits?$filter=operation%20eq%201%20or%20operation%20eq%202",
        "audits?$filter=operation%20eq%201%20and%20operation%20eq%201",
        "audits?$filter=contains(changedata,'x')",
        "audits?$filter=objecttypecode%20eq%201",
        "audits?$filter=nosuch%20eq%201",
        "audits?$orderby=_userid_value",
        "audits?$select=nosuch",
        "audits?$expand=userid",
        "audits?$count=true",
        "audits?$skiptoken=x",
        "audits(_userid_value=11111111-1111-4111-8111-111111111111)",
        "contacts(c0000000-0000-4000-8000-000000000001)/rowstream.difference",
        "contacts(c0000000-0000-4000-8000-000000000001)/rowstream.difference?from=2&to=1",
        "contacts(c0000000-0000-4000-8000-000000000001)/rowstream.difference?from=-1",
        "contacts(c0000000-0000-4000-8000-000000000001)/rowstream.difference?from=1&x=1",
      })
  void what_cannot_be_understood_is_refused(String request) {
    var refused = server.get(request);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80060888");
  }

  @Test
  void a_page_number_or_a_cookie_out_of_bounds_is_refused() {
    for (String paging :
        List.of(
            "{'PageNumber':0}",
            "{'PageNumber':1000001}",
            "{'Count':0}",
            "{'Count':-1}",
            "{'Count':99999999999}",
            "{'PagingCookie':'x'}",
            "{'PagingCookie':'5'}")) {
      assertThat(history(TARGET, paging).statusCode()).as(paging).isEqualTo(400);
    }
  }

  @Test
  void where_there_is_nothing_to_show_the_answer_says_so() {
    String nobody = "{'@odata.id':'contacts(" + Contacts.contact(9).id() + ")'}";

    assertThat(history(nobody, "null").statusCode()).isEqualTo(404);
    assertThat(history("{'@odata.id':'nosuch(" + COMPANY + ")'}", "null").statusCode())
        .isEqualTo(404);
    assertThat(history("{'@odata.id':'notes(" + COMPANY + ")'}", "null").statusCode())
        .isEqualTo(400);
    assertThat(rows("audits?$filter=objecttypecode%20eq%20'note'")).isEmpty();
    assertThat(server.get("audits(" + COMPANY + ")").statusCode()).isEqualTo(404);
    assertThat(server.get("audits(" + COMPANY + ")" + DETAILS).statusCode()).isEqualTo(404);
    assertThat(server.get("contacts(" + COMPANY + ")" + DETAILS).statusCode()).isEqualTo(404);
    assertThat(server.get("notes(" + COMPANY + ")/rowstream.difference?from=0").statusCode())
        .isEqualTo(400);
    assertThat(
            server.get("contacts(" + ANN.id() + ")/rowstream.difference?from=0&to=5").statusCode())
        .isEqualTo(404);
  }

  @Test
  void audits_are_listed_by_object_user_type_and_operation() {
    String ofAnn = "audits?$filter=_objectid_value%20eq%20" + ANN.id();
    assertThat(all(rows(ofAnn), "@rowstream.rowVersion")).containsExactly(4L, 3L, 2L, 1L, 0L);
    assertThat(all(rows(ofAnn + "%20and%20operation%20eq%203"), "@rowstream.rowVersion"))
        .containsExactly(3L);
    assertThat(all(rows(ofAnn + "&$orderby=createdon"), "operation"))
        .containsExactly(1L, 2L, 2L, 3L, 2L);
    assertThat(
            all(
                rows(
                    "audits?$filter=_userid_value%20eq%20'"
                        + ReadServer.BEA
                        + "'%20and%20objecttypecode%20eq%20'contact'"),
                "operation"))
        .hasSize(5);
    assertThat(rows("audits?$filter=_userid_value%20eq%20" + COMPANY)).isEmpty();
    Object created = rows(ofAnn + "&$select=changedata,transactionid").get(4);
    assertThat(Json.at(created, "changedata"))
        .isEqualTo(
            "{\"changedAttributes\":[{\"logicalName\":\"emailaddress1\",\"oldValue\":null,"
                + "\"newValue\":\"v0\"}]}");
    assertThat(Json.at(created, "createdon")).isNull();
    Object transaction = Json.at(created, "transactionid");
    assertThat(rows("audits?$filter=transactionid%20eq%20" + transaction)).hasSize(1);
  }

  @Test
  void audits_are_found_by_the_second_in_which_they_were_made() {
    var second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var other = Contacts.contact(2);
    server.create(other, Map.of());
    String of = "audits?$filter=_objectid_value%20eq%20" + other.id() + "%20and%20createdon%20";
    var made =
        Instant.parse(String.valueOf(Json.at(rows(of + "ge%20" + second).getFirst(), "createdon")));

    assertThat(rows(of + "eq%20" + made)).hasSize(1);
    assertThat(rows(of + "le%20" + made)).hasSize(1);
    assertThat(rows(of + "lt%20" + made.plusSeconds(1))).hasSize(1);
    assertThat(rows(of + "gt%20" + made.minusSeconds(1))).hasSize(1);
    assertThat(rows(of + "gt%20" + made)).isEmpty();
    assertThat(rows(of + "lt%20" + made)).isEmpty();
    assertThat(rows(of + "ge%20" + made.plusSeconds(1))).isEmpty();
    assertThat(rows(of + "ge%20" + made.plusMillis(500))).isEmpty();
    assertThat(rows("audits?$filter=createdon%20lt%202000-01-01")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&$orderby=createdon"})
  void pages_of_audits_neither_skip_nor_repeat(String order) {
    String of = "audits?$select=auditid&$filter=_objectid_value%20eq%20" + ANN.id() + order;
    var whole = all(rows(of), "auditid");
    var paged = new ArrayList<@Nullable Object>();
    Object next = of;
    while (next != null) {
      var page = ok(server.get(String.valueOf(next), "Prefer", "odata.maxpagesize=2"));
      paged.addAll(all((List<?>) Objects.requireNonNull(page.get("value")), "auditid"));
      next = page.get("@odata.nextLink");
    }

    assertThat(paged).isEqualTo(whole).hasSize(5);
    var top = ok(server.get(of + "&$top=3"));
    assertThat(all((List<?>) Objects.requireNonNull(top.get("value")), "auditid"))
        .isEqualTo(whole.subList(0, 3));
    assertThat(top).doesNotContainKey("@odata.nextLink");
    assertThat(rows(of + "&$top=0")).isEmpty();
  }

  @Test
  void an_audit_keeps_its_id_and_is_found_by_it() {
    String of = "audits?$filter=_objectid_value%20eq%20" + ANN.id();
    Object row = rows(of).get(2);
    Object id = Json.at(row, "auditid");

    assertThat(Json.at(details(ok(history(TARGET, "null"))).get(2), "AuditRecord", "auditid"))
        .isEqualTo(id);
    assertThat(Json.at(ok(server.get("audits(" + id + ")")), "@rowstream.rowVersion"))
        .isEqualTo(2L);
    assertThat(all(rows("audits?$filter=auditid%20eq%20" + id), "auditid")).containsExactly(id);
    var details = ok(server.get("audits(" + id + ")" + DETAILS));
    assertThat(Json.at(details, "AuditDetail", "NewValue", "emailaddress1")).isEqualTo("v2");
    assertThat(Json.at(details, "AuditDetail", "AuditRecord", "_userid_value"))
        .isEqualTo(ReadServer.BEA.toString());
    assertThat(server.get("audits(" + id + ")" + DETAILS + "()").statusCode()).isEqualTo(200);
    assertThat(server.get("audits(" + id + ")" + DETAILS + "?$top=1").statusCode()).isEqualTo(400);
    var neighbour = UUID.fromString(String.valueOf(id));
    assertThat(
            server.get(
                "audits("
                    + new UUID(
                        neighbour.getMostSignificantBits(), neighbour.getLeastSignificantBits() + 1)
                    + ")"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
  }

  @Test
  void two_versions_differ_in_what_was_changed_and_not_changed_back() {
    String difference = "contacts(" + ANN.id() + ")/rowstream.difference?from=";

    var middle = ok(server.get(difference + "0&to=2"));
    assertThat(Json.at(middle, "attributes", 0, "name")).isEqualTo("emailaddress1");
    assertThat(Json.at(middle, "attributes", 0, "old")).isEqualTo("v0");
    assertThat(Json.at(middle, "attributes", 0, "new")).isEqualTo("v2");
    assertThat(Json.at(middle, "attributes", 0, "rowVersion")).isEqualTo(2L);
    assertThat(Json.at(middle, "attributes", 0, "modifiedBy", "fullname")).isEqualTo("Bea Buyer");
    assertThat(Json.at(middle, "attributes", 1, "name")).isEqualTo("_parentcustomerid_value");
    assertThat(Json.at(middle, "attributes", 1, "new@Microsoft.Dynamics.CRM.lookuplogicalname"))
        .isEqualTo("account");
    var end = ok(server.get(difference + "2&to=3"));
    assertThat(Json.at(end, "deletedAtTo")).isEqualTo(true);
    assertThat(Json.at(end, "attributes", 0, "new")).isNull();
    var whole = ok(server.get(difference + "0"));
    assertThat(whole).containsEntry("to", 4L).containsEntry("deletedAtTo", false);
    assertThat(whole.get("attributes")).isEqualTo(List.of());
    assertThat(Json.at(ok(server.get(difference + "4&to=4")), "attributes")).isEqualTo(List.of());
  }

  @Test
  void a_restore_is_no_read() {
    assertThat(server.get("contacts(" + ANN.id() + ")/rowstream.restore").statusCode())
        .isEqualTo(405);
  }
}
