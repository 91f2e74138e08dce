package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormattedValueIT {
  private static final EntityType ACCOUNT =
      EntityType.of(
          "account",
          "accounts",
          "Account",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(100)),
          new Attribute(
              "primarycontactid", "Contact", new AttributeType.Lookup(Set.of("contact"))));

  private static final RecordRef FIRM = new RecordRef("account", new UUID(0x4000, 1L << 63));
  private static final RecordRef GONE = new RecordRef("account", new UUID(0x4000, 1L << 63 | 1));
  private static final RecordRef ANN = Contacts.contact(1);
  private static final RecordRef BOB = Contacts.contact(2);
  private static final RecordRef EVE = Contacts.contact(3);
  private static final String FORM = "@OData.Community.Display.V1.FormattedValue";
  private static final String FORMS_ONLY =
      "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.SYSTEM_USER);
    server.define(Contacts.CONTACT);
    server.define(ACCOUNT);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    server.create(
        FIRM,
        Map.of("name", Value.text("The \"Firm\""), "primarycontactid", new Value.Lookup(ANN)));
    server.create(GONE, Map.of("name", Value.text("Gone")));
    server.create(
        ANN,
        Map.of(
            "fullname", Value.text("Ann"),
            "creditlimit", new Value.Decimal(new BigDecimal("1234.5")),
            "numberofchildren", Value.whole(3),
            "donotemail", new Value.YesNo(true),
            "anniversary", new Value.DateTime(Instant.parse("2020-02-29T22:10:00Z")),
            "gendercode", Value.whole(2),
            "parentcustomerid", new Value.Lookup(FIRM)));
    server.create(
        BOB, Map.of("fullname", Value.text("Bob"), "parentcustomerid", new Value.Lookup(ANN)));
    server.create(
        EVE, Map.of("fullname", Value.text("Eve"), "parentcustomerid", new Value.Lookup(GONE)));
    long last =
        server
            .writer()
            .append(GONE, new RecordDeleted(Map.of("name", Value.text("Gone")), false, Set.of()));
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("accounts").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String body(String path, String annotations) {
    var answer = server.get(path, "Prefer", annotations);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"contacts(%s)", "contacts?$filter=contactid%%20eq%%20%s"})
  void every_value_that_people_read_otherwise_comes_with_how_they_read_it(String path) {
    assertThat(body(path.formatted(ANN.id()), FORMS_ONLY))
        .contains(
            "\"creditlimit\":1234.5,\"creditlimit" + FORM + "\":\"1,234.5000\"",
            "\"numberofchildren" + FORM + "\":\"3\"",
            "\"donotemail" + FORM + "\":\"Yes\"",
            "\"anniversary" + FORM + "\":\"2/29/2020 10:10 PM\"",
            "\"gendercode" + FORM + "\":\"F\"",
            "\"_parentcustomerid_value" + FORM + "\":\"The \\\"Firm\\\"\"",
            "\"_createdby_value" + FORM + "\":\"Ada Admin\"",
            "\"versionnumber" + FORM + "\":\"0\"")
        .doesNotContain("fullname" + FORM, "contactid" + FORM, "lookuplogicalname");
  }

  @Test
  void lookups_of_several_entity_types_are_named_and_those_of_deleted_records_are_not() {
    String list =
        body(
            "contacts?$select=_parentcustomerid_value&$orderby=fullname",
            "odata.include-annotations=\"*\"");

    assertThat(list)
        .contains(
            "\"_parentcustomerid_value"
                + FORM
                + "\":\"The \\\"Firm\\\"\",\"_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":"
                + "\"account\",\"_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":"
                + "\"parentcustomerid_account\"",
            "\"_parentcustomerid_value" + FORM + "\":\"Ann\"")
        .doesNotContain("Gone");
  }

  @Test
  void what_is_expanded_is_named_too() {
    String account =
        body(
            "accounts("
                + FIRM.id()
                + ")?$select=_primarycontactid_value"
                + "&$expand=primarycontactid($select=gendercode,_parentcustomerid_value),"
                + "account_contact_parentcustomerid($select=_createdby_value)",
            FORMS_ONLY);

    assertThat(account)
        .contains(
            "\"_primarycontactid_value" + FORM + "\":\"Ann\"",
            "\"gendercode" + FORM + "\":\"F\"",
            "\"_parentcustomerid_value" + FORM + "\":\"The \\\"Firm\\\"\"",
            "\"_createdby_value" + FORM + "\":\"Ada Admin\"");
  }

  @Test
  void a_user_is_annotated_as_a_lookup() {
    assertThat(
            body(
                "contacts(" + BOB.id() + ")?$select=_modifiedby_value",
                "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\""))
        .contains(
            "\"_modifiedby_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"systemuser\"",
            "\"_modifiedby_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":"
                + "\"modifiedby\"")
        .doesNotContain(FORM);
  }

  @Test
  void an_earlier_state_is_annotated_with_the_names_of_now() {
    assertThat(body("contacts(" + ANN.id() + ")?rowstream.version=0", FORMS_ONLY))
        .contains("\"_parentcustomerid_value" + FORM + "\":\"The \\\"Firm\\\"\"");
  }

  @Test
  void the_names_in_one_record_are_current_also_while_the_projection_stands_still()
      throws Exception {
    var renamed =
        new RecordUpdated(
            Map.of("name", new Change(Value.text("Before"), Value.text("After"))),
            false,
            false,
            Set.of());
    var firm = new RecordRef("account", new UUID(0x4000, 1L << 63 | 2));
    server.awaitCaughtUp(server.create(firm, Map.of("name", Value.text("Before"))));
    try (var holder = server.database().owner().getConnection();
        var hold = holder.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("SELECT 1 FROM view.projection FOR UPDATE");
      server.writer().append(firm, renamed);
      server.create(Contacts.contact(4), Map.of("parentcustomerid", new Value.Lookup(firm)));

      assertThat(
              body(
                  "contacts(" + Contacts.contact(4).id() + ")?$select=_parentcustomerid_value",
                  FORMS_ONLY))
          .contains("\"_parentcustomerid_value" + FORM + "\":\"After\"");
    }
  }
}
