package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the functions of the Web API and our own tell of one record's past.
class ChangeHistoryIT extends LifeOfAnn {

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
