package io.rowstream.odata.json;

import static io.rowstream.odata.Examples.ACCOUNT;
import static io.rowstream.odata.Examples.ADA;
import static io.rowstream.odata.Examples.BEA;
import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.IMAGE;
import static io.rowstream.odata.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.Examples;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.header.Preferences;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static List<Column> select(String... names) {
    return COLUMNS.select(List.of(names));
  }

  @Test
  void a_record_shows_every_column_empty_ones_as_null() {
    assertThat(text(RecordJson.ofAll(COLUMNS).body("http://h/$metadata#accounts/$entity", IMAGE)))
        .isEqualTo(
            "{\"@odata.context\":\"http://h/$metadata#accounts/$entity\","
                + "\"@odata.etag\":\"W/\\\"5\\\"\","
                + "\"accountid\":\""
                + ID
                + "\",\"name\":\"O'Neil \\\"&\\\" Sons\u2028\",\"description\":null,"
                + "\"employees\":42,\"views\":null,\"rate\":-0.125,\"revenue\":5000000,"
                + "\"donotemail\":false,\"opened\":\"2026-11-21T10:00:00Z\",\"industry\":2,"
                + "\"_primarycontactid_value\":null,\"_customerid_value\":\""
                + OTHER
                + "\",\"batch\":null,"
                + "\"createdon\":\"2026-11-21T10:00:00Z\",\"_createdby_value\":\""
                + ADA
                + "\",\"modifiedon\":\"2026-11-22T11:30:01Z\",\"_modifiedby_value\":\""
                + BEA
                + "\",\"versionnumber\":5}");
  }

  @Test
  void a_selection_shows_what_was_selected_and_always_etag_and_id() {
    var json = new RecordJson(select("rate", "description"), Annotations.NONE);

    assertThat(text(json.body(null, IMAGE)))
        .isEqualTo(
            "{\"@odata.etag\":\"W/\\\"5\\\"\",\"accountid\":\""
                + ID
                + "\",\"rate\":-0.125,\"description\":null}");
  }

  @Test
  void numbers_are_written_without_exponents() {
    var image = imageOf(Map.of("revenue", new Value.Decimal(new BigDecimal("1E+9"))));

    assertThat(text(new RecordJson(select("revenue"), Annotations.NONE).body(null, image)))
        .contains("\"revenue\":1000000000}");
  }

  private static RecordImage imageOf(Map<String, Value> values) {
    return new RecordImage(
        new RecordRef("account", ID), 0, values, Instant.EPOCH, ADA, Instant.EPOCH, ADA);
  }

  @Test
  void annotations_come_on_request_and_keep_what_dataverse_forms_lose() {
    var wanted = Preferences.parse(List.of("odata.include-annotations=\"*\"")).annotations();
    var json = new RecordJson(select("opened", "_customerid_value", "name"), wanted);

    assertThat(text(json.body(null, IMAGE)))
        .contains(
            "\"opened\":\"2026-11-21T10:00:00Z\","
                + "\"opened@OData.Community.Display.V1.FormattedValue\":\"11/21/2026 10:00 AM\","
                + "\"opened@rowstream.precise\":\"2026-11-21T10:00:00.123456Z\","
                + "\"_customerid_value\":\""
                + OTHER
                + "\",\"_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"contact\","
                + "\"_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":"
                + "\"customerid_contact\",\"name\":");
  }

  @Test
  void what_people_read_stands_beside_the_values() {
    var wanted =
        Preferences.parse(
                List.of("odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\""))
            .annotations();
    var select =
        select(
            "industry", "donotemail", "revenue", "name", "_customerid_value", "_createdby_value");
    RecordNames names = record -> record.id().equals(OTHER) ? "Nancy" : null;
    String form = "@OData.Community.Display.V1.FormattedValue\":\"";

    assertThat(text(new RecordJson(select, wanted, List.of(), names).body(null, IMAGE)))
        .endsWith(
            "\"industry\":2,\"industry"
                + form
                + "Farming\",\"donotemail\":false,\"donotemail"
                + form
                + "No\",\"revenue\":5000000,\"revenue"
                + form
                + "5,000,000.00\",\"name\":\"O'Neil \\\"&\\\" Sons\u2028\",\"_customerid_value\":\""
                + OTHER
                + "\",\"_customerid_value"
                + form
                + "Nancy\",\"_createdby_value\":\""
                + ADA
                + "\"}");
  }

  @Test
  void one_property_is_a_body_of_its_own() {
    assertThat(text(RecordJson.property("http://h/$metadata#accounts(x)/rate", Value.whole(7))))
        .isEqualTo("{\"@odata.context\":\"http://h/$metadata#accounts(x)/rate\",\"value\":7}");
    assertThat(WireValue.text(IMAGE.value(COLUMNS.require("revenue")))).isEqualTo("5000000");
    assertThat(WireValue.text(IMAGE.value(COLUMNS.require("views")))).isEmpty();
    assertThat(WireValue.text(IMAGE.value(COLUMNS.require("_customerid_value"))))
        .isEqualTo(OTHER.toString());
    assertThat(WireValue.text(IMAGE.value(COLUMNS.require("createdon"))))
        .isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void a_list_is_written_record_by_record() {
    var out = new ByteArrayOutputStream();
    try (var list =
        new RecordJson(select("rate"), Annotations.NONE).list(out, "http://h/$metadata#a", 7L)) {
      list.write(IMAGE);
      list.write(imageOf(Map.of()));
      list.end("http://h/accounts?$skiptoken=x");
    }

    assertThat(text(out.toByteArray()))
        .isEqualTo(
            "{\"@odata.context\":\"http://h/$metadata#a\",\"@odata.count\":7,\"value\":["
                + "{\"@odata.etag\":\"W/\\\"5\\\"\",\"accountid\":\""
                + ID
                + "\",\"rate\":-0.125},"
                + "{\"@odata.etag\":\"W/\\\"0\\\"\",\"accountid\":\""
                + ID
                + "\",\"rate\":null}"
                + "],\"@odata.nextLink\":\"http://h/accounts?$skiptoken=x\"}");
  }

  @Test
  void an_empty_list_is_a_list() {
    var out = new ByteArrayOutputStream();
    try (var list = RecordJson.ofAll(COLUMNS).list(out, "c", null)) {
      list.end(null);
    }

    assertThat(text(out.toByteArray())).isEqualTo("{\"@odata.context\":\"c\",\"value\":[]}");
  }

  @Test
  void a_list_that_breaks_off_does_not_look_whole() {
    var out = new ByteArrayOutputStream();
    try (var list = RecordJson.ofAll(COLUMNS).list(out, "c", null)) {
      list.write(IMAGE);
    }

    assertThat(text(out.toByteArray())).endsWith("\"versionnumber\":5}");
  }

  @Test
  void what_is_written_can_be_written_back() {
    var written = text(RecordJson.ofAll(COLUMNS).body("c", IMAGE));
    for (String readOnly :
        List.of(
            "_primarycontactid_value",
            "_customerid_value",
            "createdon",
            "_createdby_value",
            "modifiedon",
            "_modifiedby_value",
            "versionnumber")) {
      written = written.replaceAll(",\"" + readOnly + "\":(\"[^\"]*\"|null|\\d+)", "");
    }

    var read =
        RecordPayload.forUpdate(
            written.getBytes(StandardCharsets.UTF_8), COLUMNS, Examples.SETS, ID);

    var expected = new HashMap<String, Value>();
    ACCOUNT
        .attributes()
        .keySet()
        .forEach(name -> expected.put(name, IMAGE.values().getOrDefault(name, Value.empty())));
    expected.keySet().removeAll(List.of("primarycontactid", "customerid"));
    expected.put("opened", new Value.DateTime(Instant.parse("2026-11-21T10:00:00Z")));
    assertThat(read.values()).isEqualTo(expected);
  }
}
