package io.rowstream.odata.metadata;

import static io.rowstream.odata.Examples.ACCOUNT;
import static io.rowstream.odata.Examples.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.column.Column;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmProperty;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.junit.jupiter.api.Test;

/// What a client of another house, Apache Olingo's, reads from the document.
class CsdlDocumentTest {
  static final EntityType CONTACT =
      EntityType.of(
          "contact",
          "contacts",
          "Contact",
          "fullname",
          attribute("fullname", new AttributeType.Text(160)),
          attribute("regardingid", new AttributeType.Lookup(Set.of("account", "ghost"))),
          attribute("regardingid_account", new AttributeType.Text(10)),
          attribute("ghostid", new AttributeType.Lookup(Set.of("ghost"))));

  static final EntityType USER =
      EntityType.of(
          "systemuser",
          "systemusers",
          "User",
          "fullname",
          attribute("fullname", new AttributeType.Text(160)));

  private static final ODataClient CLIENT = ODataClientFactory.getClient();

  private static Edm edm(EntityType... types) {
    byte[] xml = CsdlDocument.write(List.of(types), true);
    return CLIENT.getReader().readMetadata(new ByteArrayInputStream(xml));
  }

  private static EdmEntityType entityType(Edm edm, String name) {
    return edm.getEntityType(new FullQualifiedName("Microsoft.Dynamics.CRM", name));
  }

  private static EdmProperty property(String name) {
    return entityType(edm(ACCOUNT), "account").getStructuralProperty(name);
  }

  private static String type(String name) {
    return property(name).getType().getFullQualifiedName().toString();
  }

  @Test
  void every_column_is_a_property_of_its_type() {
    assertThat(entityType(edm(ACCOUNT), "account").getPropertyNames())
        .containsExactly(
            "accountid",
            "name",
            "description",
            "employees",
            "views",
            "rate",
            "revenue",
            "donotemail",
            "opened",
            "industry",
            "_primarycontactid_value",
            "_customerid_value",
            "batch",
            "createdon",
            "_createdby_value",
            "modifiedon",
            "_modifiedby_value",
            "versionnumber");
    assertThat(type("accountid")).isEqualTo("Edm.Guid");
    assertThat(type("name")).isEqualTo("Edm.String");
    assertThat(type("description")).isEqualTo("Edm.String");
    assertThat(type("employees")).isEqualTo("Edm.Int32");
    assertThat(type("views")).isEqualTo("Edm.Int64");
    assertThat(type("rate")).isEqualTo("Edm.Decimal");
    assertThat(type("revenue")).isEqualTo("Edm.Decimal");
    assertThat(type("donotemail")).isEqualTo("Edm.Boolean");
    assertThat(type("opened")).isEqualTo("Edm.DateTimeOffset");
    assertThat(type("industry")).isEqualTo("Edm.Int32");
    assertThat(type("_customerid_value")).isEqualTo("Edm.Guid");
    assertThat(type("batch")).isEqualTo("Edm.Guid");
    assertThat(type("_createdby_value")).isEqualTo("Edm.Guid");
    assertThat(type("modifiedon")).isEqualTo("Edm.DateTimeOffset");
    assertThat(type("versionnumber")).isEqualTo("Edm.Int64");
  }

  @Test
  void texts_say_how_long_and_decimals_how_precise_they_may_be() {
    assertThat(property("name").getMaxLength()).isEqualTo(20);
    assertThat(property("description").getMaxLength()).isEqualTo(2_000);
    assertThat(property("rate").getPrecision()).isEqualTo(5);
    assertThat(property("rate").getScale()).isEqualTo(3);
    assertThat(property("revenue").getPrecision()).isEqualTo(12);
    assertThat(property("revenue").getScale()).isEqualTo(2);
  }

  @Test
  void a_decimal_below_one_has_the_digits_of_its_scale() {
    var type =
        EntityType.of(
            "share",
            "shares",
            "Share",
            "name",
            attribute("name", new AttributeType.Text(1)),
            attribute("part", new AttributeType.Decimal(BigDecimal.ZERO, new BigDecimal("0.5"), 2)),
            attribute("none", new AttributeType.Decimal(BigDecimal.ZERO, BigDecimal.ZERO, 0)));

    var read = entityType(edm(type), "share");

    assertThat(read.getStructuralProperty("part").getPrecision()).isEqualTo(3);
    assertThat(read.getStructuralProperty("none").getPrecision()).isEqualTo(1);
  }

  @Test
  void only_the_key_has_to_have_a_value() {
    var account = entityType(edm(ACCOUNT), "account");

    assertThat(account.getKeyPredicateNames()).containsExactly("accountid");
    assertThat(account.getPropertyNames())
        .filteredOn(name -> !account.getStructuralProperty(name).isNullable())
        .containsExactly("accountid");
  }

  @Test
  void lookups_lead_where_they_may_point() {
    var account = entityType(edm(ACCOUNT, CONTACT, USER), "account");

    assertThat(account.getNavigationPropertyNames())
        .filteredOn(name -> !account.getNavigationProperty(name).isCollection())
        .containsExactlyInAnyOrder(
            "primarycontactid",
            "customerid_account",
            "customerid_contact",
            "createdby",
            "modifiedby");
    assertThat(account.getNavigationProperty("createdby").getType().getName())
        .isEqualTo("systemuser");
    var customer = account.getNavigationProperty("customerid_contact");
    assertThat(customer.isCollection()).isFalse();
    assertThat(customer.getType().getName()).isEqualTo("contact");
    assertThat(customer.getReferencingPropertyName("contactid")).isEqualTo("_customerid_value");
  }

  @Test
  void collections_hold_what_refers_to_a_record() {
    var contact = entityType(edm(ACCOUNT, CONTACT), "contact");

    assertThat(contact.getNavigationPropertyNames())
        .containsExactlyInAnyOrder(
            "contact_account_primarycontactid", "contact_account_customerid");
    var accounts = contact.getNavigationProperty("contact_account_primarycontactid");
    assertThat(accounts.isCollection()).isTrue();
    assertThat(accounts.getType().getName()).isEqualTo("account");
  }

  @Test
  void what_would_lead_nowhere_or_has_the_name_of_a_column_is_left_out() {
    assertThat(entityType(edm(CONTACT), "contact").getNavigationPropertyNames()).isEmpty();
    assertThat(entityType(edm(CONTACT), "contact").getPropertyNames())
        .contains("_ghostid_value", "_regardingid_value", "regardingid_account");
  }

  @Test
  void sets_hold_their_types_and_are_bound_to_each_other() {
    Edm edm = edm(ACCOUNT, CONTACT, USER);
    EdmEntitySet accounts = edm.getEntityContainer().getEntitySet("accounts");

    assertThat(edm.getEntityContainer().getEntitySets())
        .extracting(EdmEntitySet::getName)
        .containsExactly("accounts", "contacts", "systemusers");
    assertThat(accounts.getEntityType().getName()).isEqualTo("account");
    assertThat(accounts.getRelatedBindingTarget("customerid_contact").getName())
        .isEqualTo("contacts");
    assertThat(accounts.getRelatedBindingTarget("modifiedby").getName()).isEqualTo("systemusers");
  }

  @Test
  void a_set_that_two_types_claim_belongs_to_the_first_by_name() {
    var rival =
        EntityType.of(
            "aardvark", "accounts", "Rival", "name", attribute("name", new AttributeType.Text(20)));

    Edm edm = edm(ACCOUNT, rival);

    assertThat(edm.getEntityContainer().getEntitySets()).hasSize(1);
    assertThat(edm.getEntityContainer().getEntitySet("accounts").getEntityType().getName())
        .isEqualTo("aardvark");
  }

  @Test
  void functions_say_what_they_take_and_answer() {
    Edm edm = edm(ACCOUNT);
    var total = edm.getEntityContainer().getFunctionImport("RetrieveTotalRecordCount");
    var function = total.getUnboundFunctions().getFirst();

    assertThat(function.getParameter("EntityNames").isCollection()).isTrue();
    assertThat(function.getReturnType().getType().getName())
        .isEqualTo("RetrieveTotalRecordCountResponse");
    assertThat(
            edm.getComplexType(
                    new FullQualifiedName("Microsoft.Dynamics.CRM", "EntityRecordCountCollection"))
                .getPropertyNames())
        .containsExactly("Count", "IsReadOnly", "Keys", "Values");
    assertThat(
            edm.getEntityContainer()
                .getFunctionImport("WhoAmI")
                .getUnboundFunctions()
                .getFirst()
                .getReturnType()
                .getType()
                .getName())
        .isEqualTo("WhoAmIResponse");
  }

  @Test
  void with_annotations_what_cannot_be_written_says_so() {
    String annotated =
        new String(CsdlDocument.write(List.of(ACCOUNT), true), StandardCharsets.UTF_8);
    String plain = new String(CsdlDocument.write(List.of(ACCOUNT), false), StandardCharsets.UTF_8);

    assertThat(annotated.split("Org.OData.Core.V1.Computed", -1))
        .hasSize(1 + Column.Stamp.values().length + 2);
    assertThat(annotated)
        .contains(
            "<Property Name=\"versionnumber\" Type=\"Edm.Int64\"><Annotation"
                + " Term=\"Org.OData.Core.V1.Computed\" Bool=\"true\"");
    assertThat(annotated)
        .contains(
            "<Annotation Term=\"Org.OData.Capabilities.V1.ChangeTracking\"><Record>"
                + "<PropertyValue Property=\"Supported\" Bool=\"true\"");
    assertThat(plain).doesNotContain("Annotation");
  }

  @Test
  void no_entity_types_make_a_document_too() {
    assertThat(edm().getEntityContainer().getEntitySets()).isEmpty();
  }
}
