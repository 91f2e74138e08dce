package io.rowstream.standalone.sample;

import static io.rowstream.language.Value.text;
import static io.rowstream.language.Value.whole;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A handful of records with ids that can be typed.
final class SampleRecords {
  private static final RecordRef ADVENTURE = ref("account", "44444444-4444-4444-8444-444444444444");
  private static final RecordRef NANCY = ref("contact", "33333333-3333-4333-8333-333333333333");
  private static final RecordRef MARIA = ref("contact", "33333333-3333-4333-8333-333333333334");

  private SampleRecords() {}

  static List<RecordCommand> all() {
    return List.of(
        create(
            new RecordRef("systemuser", SampleData.ADA),
            Map.of("fullname", text("Ada Admin"), "internalemailaddress", text("ada@example.com"))),
        create(
            ref("systemuser", "22222222-2222-4222-8222-222222222222"),
            Map.of("fullname", text("Bea Buyer"), "internalemailaddress", text("bea@example.com"))),
        create(
            ADVENTURE,
            Map.of(
                "name", text("Adventure Works"),
                "accountnumber", text("A-1001"),
                "telephone1", text("555-0100"),
                "address1_line1", text("1 Harbour Street"),
                "address1_city", text("Porto"),
                "revenue", new Value.Decimal(new BigDecimal("5000000")),
                "numberofemployees", whole(120),
                "primarycontactid", new Value.Lookup(NANCY),
                "statecode", whole(0))),
        create(
            NANCY,
            Map.of(
                "fullname", text("Nancy Anderson"),
                "firstname", text("Nancy"),
                "lastname", text("Anderson"),
                "emailaddress1", text("nancy@example.com"),
                "jobtitle", text("Purchasing Manager"),
                "parentcustomerid", new Value.Lookup(ADVENTURE),
                "statecode", whole(0))),
        create(
            MARIA,
            Map.of(
                "fullname", text("Maria Campbell"),
                "firstname", text("Maria"),
                "lastname", text("Campbell"),
                "emailaddress1", text("maria@example.com"),
                "parentcustomerid", new Value.Lookup(ADVENTURE),
                "statecode", whole(0))),
        create(
            ref("incident", "55555555-5555-4555-8555-555555555555"),
            Map.of(
                "title", text("Wheel arrived bent"),
                "prioritycode", whole(1),
                "customerid", new Value.Lookup(ADVENTURE),
                "statecode", whole(0))),
        create(
            ref("task", "66666666-6666-4666-8666-666666666666"),
            Map.of(
                "subject", text("Call Nancy about the wheel"),
                "percentcomplete", whole(0),
                "regardingobjectid", new Value.Lookup(NANCY),
                "statecode", whole(0))),
        create(
            ref("crm_config", "77777777-7777-4777-8777-777777777777"),
            Map.of(
                "crm_key", text("CaseAutoNumber"),
                "crm_value", text("10000"),
                "statecode", whole(0))));
  }

  private static CreateRecord create(RecordRef record, Map<String, Value> values) {
    return new CreateRecord(record, values);
  }

  private static RecordRef ref(String entityType, String id) {
    return new RecordRef(entityType, UUID.fromString(id));
  }
}
