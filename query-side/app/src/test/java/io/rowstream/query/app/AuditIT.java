package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit trail of all records as a set, and what is no question to it.
class AuditIT extends LifeOfAnn {
  private static final String DETAILS = "/Microsoft.Dynamics.CRM.RetrieveAuditDetails";

  private static List<?> rows(String query) {
    return (List<?>) Objects.requireNonNull(ok(server.get(query)).get("value"));
  }

  private static List<@Nullable Object> all(List<?> rows, String member) {
    var values = new ArrayList<@Nullable Object>();
    rows.forEach(row -> values.add(Json.at(row, member)));
    return values;
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
}
