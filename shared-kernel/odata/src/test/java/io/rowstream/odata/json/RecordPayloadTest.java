package io.rowstream.odata.json;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.OTHER;
import static io.rowstream.odata.Examples.SETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.refusal.Refusal.InvalidValue;
import io.rowstream.language.refusal.Refusal.TextTooLong;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPayloadTest {

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Value> update(String json) {
    return RecordPayload.forUpdate(bytes(json), COLUMNS, SETS, ID).values();
  }

  private static InvalidValue refused(String json) {
    var refused = catchThrowableOfType(RefusedException.class, () -> update(json));
    assertThat(refused).as(json).isNotNull();
    assertThat(refused.refusal()).isInstanceOf(InvalidValue.class);
    return (InvalidValue) refused.refusal();
  }

  @Test
  void every_type_of_attribute_is_read() {
    assertThat(
            update(
                """
                {"name":"O'Neil é \\uD83D\\uDE00","description":"a\\r\\n\\tb","employees":1000000,
                 "views":-9223372036854775808,"rate":-0.125,"revenue":5000000.00,
                 "donotemail":true,"opened":"2026-11-21T11:00:00.1234567+01:00","industry":2,
                 "batch":"6F0D8C1E-0002-4000-8000-00000000ABCD"}
                """))
        .isEqualTo(
            Map.of(
                "name",
                Value.text("O'Neil é \uD83D\uDE00"),
                "description",
                Value.text("a\r\n\tb"),
                "employees",
                Value.whole(1_000_000),
                "views",
                Value.whole(Long.MIN_VALUE),
                "rate",
                new Value.Decimal(new BigDecimal("-0.125")),
                "revenue",
                new Value.Decimal(new BigDecimal("5000000")),
                "donotemail",
                new Value.YesNo(true),
                "opened",
                new Value.DateTime(Instant.parse("2026-11-21T10:00:00.123456Z")),
                "industry",
                Value.whole(2),
                "batch",
                new Value.Guid(OTHER)));
  }

  @Test
  void null_clears_empty_text_is_a_value_and_nothing_is_nothing() {
    assertThat(update("{\"name\":null,\"industry\":null,\"description\":\"\"}"))
        .isEqualTo(
            Map.of(
                "name", Value.empty(), "industry", Value.empty(), "description", Value.text("")));
    assertThat(update(" {} ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "opened, 2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
    "opened, 2026-11-21, 2026-11-21T00:00:00Z",
    "opened, 2026-11-21T10:00:00.5-02:30, 2026-11-21T12:30:00.5Z"
  })
  void times_come_in_several_forms(String name, String text, Instant expected) {
    assertThat(update("{\"" + name + "\":\"" + text + "\"}"))
        .containsEntry(name, new Value.DateTime(expected));
  }

  @Test
  void lookups_are_bound_by_reference_and_unbound_by_null() {
    var contact = new Value.Lookup(new RecordRef("contact", OTHER));
    for (String reference :
        new String[] {
          "/contacts(" + OTHER + ")",
          "contacts(" + OTHER + ")",
          "contacts(contactid=" + OTHER + ")",
          "/api/data/v9.1/contacts(" + OTHER + ")",
          "https://host:8080/api/data/v9.2/contacts(" + OTHER + ")"
        }) {
      assertThat(update("{\"primarycontactid@odata.bind\":\"" + reference + "\"}"))
          .isEqualTo(Map.of("primarycontactid", contact));
      assertThat(update("{\"customerid_contact@odata.bind\":\"" + reference + "\"}"))
          .isEqualTo(Map.of("customerid", contact));
    }
    assertThat(update("{\"primarycontactid@odata.bind\":null}"))
        .isEqualTo(Map.of("primarycontactid", Value.empty()));
    assertThat(update("{\"customerid_account@odata.bind\":null}"))
        .isEqualTo(Map.of("customerid", Value.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"/accounts(6f0d8c1e-0002-4000-8000-00000000abcd)\"",
        "\"/leads(6f0d8c1e-0002-4000-8000-00000000abcd)\"",
        "\"/contacts({6f0d8c1e-0002-4000-8000-00000000abcd})\"",
        "\"/contacts(emailaddress1='x')\"",
        "\"/contacts\"",
        "\"/contacts(6f0d8c1e-0002-4000-8000-00000000abcd)/name\"",
        "\"/contacts(6f0d8c1e-0002-4000-8000-00000000abcd)?$select=x\"",
        "\"http://h/contacts(6f0d8c1e-0002-4000-8000-00000000abcd)\"",
        "\"6f0d8c1e-0002-4000-8000-00000000abcd\"",
        "\"$1\"",
        "\"\"",
        "5",
        "true",
        "{\"a\":1}",
        "[\"/contacts(6f0d8c1e-0002-4000-8000-00000000abcd)\"]"
      })
  void what_refers_to_no_record_of_the_target_is_not_bound(String reference) {
    assertThat(refused("{\"primarycontactid@odata.bind\":" + reference + "}"))
        .isEqualTo(
            new InvalidValue(
                "account",
                "primarycontactid@odata.bind",
                "a reference to one contact by its id is expected, or null"));
  }

  @Test
  void a_binding_that_names_no_single_target_says_how_to() {
    assertThat(refused("{\"customerid@odata.bind\":null}").reason())
        .isEqualTo(
            "it refers to several entity types; name one: customerid_<entity type>@odata.bind");
    assertThat(refused("{\"nobody@odata.bind\":null}").reason())
        .isEqualTo("there is no such navigation property");
    assertThat(refused("{\"primarycontactid\":\"" + OTHER + "\"}").reason())
        .contains("primarycontactid@odata.bind");
    assertThat(
            refused(
                    "{\"customerid_account@odata.bind\":null,\"customerid_contact@odata.bind\":null}")
                .reason())
        .isEqualTo("it is set twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | 5",
        "name | true",
        "name | []",
        "name | {\"a\":\"b\"}",
        "name | \"a\\u0000b\"",
        "name | \"a\\u001bb\"",
        "name | \"\\ud800\"",
        "name | \"\\udc00\\ud800\"",
        "employees | -1",
        "employees | 1000001",
        "employees | 5.0",
        "employees | 5e1",
        "employees | \"5\"",
        "employees | 99999999999999999999999999",
        "employees | true",
        "views | 9223372036854775808",
        "views | 1e999999",
        "rate | 10.001",
        "rate | 0.1255",
        "rate | \"0.1\"",
        "rate | 1e999999",
        "rate | 1e-999999",
        "rate | -1e99999999999999999999",
        "revenue | 0.001",
        "revenue | 1000000000.01",
        "donotemail | 1",
        "donotemail | \"true\"",
        "opened | \"2026-11-21T10:00:00\"",
        "opened | \"21.11.2026\"",
        "opened | \"2026-02-30\"",
        "opened | 1795255200000",
        "opened | \"\"",
        "industry | 3",
        "industry | 4294967297",
        "industry | \"Mining\"",
        "industry | 1.0",
        "batch | \"{6f0d8c1e-0002-4000-8000-00000000abcd}\"",
        "batch | \"6f0d8c1e00024000800000000000abcd\"",
        "batch | 5"
      })
  void a_value_that_does_not_fit_is_refused(String name, String value) {
    var refused = refused("{\"" + name + "\":" + value + "}");

    assertThat(refused.attribute()).isEqualTo(name);
    assertThat(refused.reason()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nmae",
        "Name",
        "",
        "_customerid_value",
        "_primarycontactid_value",
        "customerid",
        "createdon",
        "modifiedon",
        "_createdby_value",
        "_modifiedby_value",
        "versionnumber",
        "name@odata.bnd",
        "@odata.unknown",
        "@type",
        "x@bind",
        "@odata.bind",
        "name@"
      })
  void what_is_unknown_or_only_to_be_read_is_refused(String name) {
    assertThat(refused("{\"" + name + "\":\"x\"}").attribute()).isEqualTo(name);
    assertThat(refused("{\"" + name + "\":null}").attribute()).isEqualTo(name);
  }

  @Test
  void annotations_readers_send_back_are_passed_over() {
    assertThat(
            update(
                """
                {"@odata.context":"x","@odata.etag":"W/\\"5\\"","name@odata.type":"String",
                 "@odata.type":"#Microsoft.Dynamics.CRM.account","@odata.id":"x",
                 "industry@OData.Community.Display.V1.FormattedValue":"Farming",
                 "_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact",
                 "opened@rowstream.precise":{"deep":[1,{"er":2}]},"name":"x"}
                """))
        .isEqualTo(Map.of("name", Value.text("x")));
  }

  @Test
  void text_of_the_longest_length_fits_and_one_more_does_not() {
    assertThat(update("{\"name\":\"" + "x".repeat(20) + "\"}")).hasSize(1);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> update("{\"name\":\"" + "\uD83D\uDE00".repeat(10) + "x\"}"))
        .satisfies(refused ->
            assertThat(refused.refusal()).isEqualTo(new TextTooLong("account", "name", 20)));
  }

  @Test
  void the_id_is_given_on_create_and_only_repeated_afterwards() {
    byte[] body = bytes("{\"accountid\":\"" + ID + "\",\"name\":\"x\"}");

    var create = RecordPayload.forCreate(body, COLUMNS, SETS);
    assertThat(create.id()).isEqualTo(ID);
    assertThat(create.values()).isEqualTo(Map.of("name", Value.text("x")));
    assertThat(RecordPayload.forCreate(bytes("{}"), COLUMNS, SETS).id()).isNull();

    assertThat(RecordPayload.forUpdate(body, COLUMNS, SETS, ID).values()).hasSize(1);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> RecordPayload.forUpdate(body, COLUMNS, SETS, OTHER));
    assertThat(refused("{\"accountid\":null}").attribute()).isEqualTo("accountid");
    assertThat(refused("{\"accountid\":\"{" + ID + "}\"}").reason())
        .isEqualTo("a guid is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\"x\"",
        "[]",
        "[{\"name\":\"x\"}]",
        "{",
        "}",
        "{\"name\"",
        "{\"name\":",
        "{\"name\":\"x\"",
        "{\"name\":\"x\",}",
        "{\"name\":\"x\"}}",
        "{\"name\":\"x\"} {}",
        "{\"name\":\"x\"} x",
        "{\"name\":\"x\" \"rate\":1}",
        "{name:\"x\"}",
        "{'name':'x'}",
        "{\"name\":'x'}",
        "{\"name\":\"a\nb\"}",
        "{\"name\":\"\\x\"}",
        "{\"name\":\"\\u12\"}",
        "{\"rate\":01}",
        "{\"rate\":.5}",
        "{\"rate\":+1}",
        "{\"rate\":NaN}",
        "{\"rate\":-Infinity}",
        "{\"rate\":1.}",
        "{\"name\":undefined}",
        "{\"name\":\"x\"/*c*/}",
        "{\"name\":\"x\",\"name\":\"y\"}",
        "{\"name\":\"x\",\"n\\u0061me\":\"y\"}",
        "<fetch/>",
        "name=x"
      })
  void a_body_that_is_not_one_strict_json_object_is_refused(String body) {
    refusesBody(bytes(body));
  }

  private static void refusesBody(byte[] body) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> RecordPayload.forUpdate(body, COLUMNS, SETS, ID))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_PAYLOAD);
          assertThat(refusal.message()).doesNotContain("jackson").hasSizeLessThan(120);
        });
  }

  @Test
  void a_body_in_another_encoding_or_with_broken_octets_is_refused() {
    refusesBody("{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16BE));
    refusesBody("{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16LE));
    refusesBody("{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    for (int[] octets :
        new int[][] {
          {0xC0, 0x80},
          {0xC1, 0xBF},
          {0xED, 0xA0, 0x80},
          {0xF5, 0x80, 0x80, 0x80},
          {0xFF},
          {0xE2, 0x28, 0xA1},
          {0xF0, 0x9F, 0x98},
          {0}
        }) {
      var body = new ByteArrayOutputStream();
      body.writeBytes(bytes("{\"name\":\""));
      for (int octet : octets) {
        body.write(octet);
      }
      body.writeBytes(bytes("\"}"));
      refusesBody(body.toByteArray());
    }
  }

  @Test
  void nesting_names_and_numbers_are_bounded() {
    refusesBody(bytes("{\"@a.b\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}"));
    refusesBody(bytes("{\"@a.b\":" + "[".repeat(100_000)));
    refusesBody(bytes("{\"" + "n".repeat(WireJson.NAME_LENGTH_MAX + 1) + "\":1}"));
    refusesBody(bytes("{\"rate\":" + "1".repeat(100_000) + "}"));
    refusesBody(bytes("{\"rate\":0." + "1".repeat(100_000) + "}"));
    int depth = WireJson.DEPTH_MAX - 1;
    refusesBody(bytes("{\"@a.b\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}"));
    assertThat(update("{\"@a.b\":" + "[".repeat(depth) + "]".repeat(depth) + "}")).isEmpty();
  }

  @Test
  void one_property_is_set_by_a_body_with_its_value() {
    var set =
        RecordPayload.forProperty(
            bytes("{\"@odata.context\":\"x\",\"value\":7}"), COLUMNS, SETS, "employees");
    assertThat(set.values()).isEqualTo(Map.of("employees", Value.whole(7)));
    assertThat(RecordPayload.clearing(COLUMNS, "name").values())
        .isEqualTo(Map.of("name", Value.empty()));
    assertThat(RecordPayload.forProperty(bytes("{\"value\":null}"), COLUMNS, SETS, "name").values())
        .isEqualTo(Map.of("name", Value.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "employees | {\"value\":\"7\"}",
        "employees | {\"value\":7,\"other\":1}",
        "employees | {\"employees\":7}",
        "nmae | {\"value\":7}",
        "createdon | {\"value\":\"2026-11-21\"}",
        "accountid | {\"value\":\"6f0d8c1e-0001-4000-8000-00000000abcd\"}",
        "_primarycontactid_value | {\"value\":null}",
        "primarycontactid | {\"value\":null}"
      })
  void a_property_that_cannot_be_set_is_refused(String name, String body) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> RecordPayload.forProperty(bytes(body), COLUMNS, SETS, name));
    if (!name.equals("employees")) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> RecordPayload.clearing(COLUMNS, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"value\":7,\"value\":8}", "7", "{\"value\":7}x"})
  void a_body_without_exactly_one_value_is_refused(String body) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> RecordPayload.forProperty(bytes(body), COLUMNS, SETS, "employees"));
  }
}
