package io.rowstream.odata.metadata;

import static io.rowstream.odata.Examples.ACCOUNT;
import static io.rowstream.odata.metadata.CsdlDocumentTest.CONTACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.entity.Policies;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import io.rowstream.testkit.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
  private static final ServiceRoot ROOT = new ServiceRoot("http://h/api/data/v9.2/");
  private static final String CONTEXT = "{\"@odata.context\":\"" + ROOT.url() + "$metadata#";
  private static final EntityType NOTE =
      CsdlDocumentTest.USER.with(new Policies(false, false, List.of(), false, false));
  private static final OptionSet COLOUR =
      new OptionSet("crm_Colour", "Colour", Map.of(1, "Red", 2, "Blue"));
  private static final EntityType CAR =
      EntityType.of(
          "crm_car",
          "crm_cars",
          "Car",
          "name",
          new Attribute("name", "Name", new AttributeType.Text(100)),
          new Attribute("paint", "Paint", COLOUR.choice()));
  private static final List<EntityType> TYPES = List.of(ACCOUNT, CONTACT, NOTE);
  private static final List<OptionSet> SETS =
      List.of(COLOUR, new OptionSet("crm_Size", "", Map.of()));
  private static final String ACCOUNT_ID = EntityType.stream("account").id().toString();

  private static String get(String url) {
    return get(TYPES, url);
  }

  private static String get(List<EntityType> types, String url) {
    int question = url.indexOf('?');
    String path = question < 0 ? url : url.substring(0, question);
    var definitions = (ResourcePath.Definitions) ResourcePath.parse(path);
    var query = MetadataQuery.parse(question < 0 ? null : url.substring(question + 1));
    return new String(
        Definitions.body(types, SETS, definitions, query, ROOT), StandardCharsets.UTF_8);
  }

  private static String names(String filter) {
    return get("EntityDefinitions?$select=LogicalName&$filter=" + filter);
  }

  private static @Nullable Object at(String json, Object... path) {
    return Json.at(Json.object(json), path);
  }

  private static void refused(String url) {
    assertThatExceptionOfType(BadRequest.class)
        .as(url)
        .isThrownBy(() -> get(url))
        .matches(refusal -> refusal.code() == ErrorCode.BAD_QUERY);
  }

  @Test
  void a_client_learns_the_names_of_sets_from_a_list() {
    assertThat(get("EntityDefinitions?$select=EntitySetName,LogicalName"))
        .isEqualTo(
            CONTEXT
                + "EntityDefinitions(EntitySetName,LogicalName)\",\"value\":["
                + "{\"EntitySetName\":\"accounts\",\"LogicalName\":\"account\",\"MetadataId\":\""
                + ACCOUNT_ID
                + "\"},"
                + "{\"EntitySetName\":\"contacts\",\"LogicalName\":\"contact\",\"MetadataId\":\""
                + EntityType.stream("contact").id()
                + "\"},{\"EntitySetName\":\"systemusers\",\"LogicalName\":\"systemuser\",\"MetadataId\":\""
                + EntityType.stream("systemuser").id()
                + "\"}]}");
  }

  @Test
  void whether_versions_are_checked_is_answered_as_dataverse_does() {
    assertThat(
            get("EntityDefinitions(LogicalName='account')?$select=IsOptimisticConcurrencyEnabled"))
        .isEqualTo(
            CONTEXT
                + "EntityDefinitions(IsOptimisticConcurrencyEnabled)/$entity\","
                + "\"IsOptimisticConcurrencyEnabled\":true,\"MetadataId\":\""
                + ACCOUNT_ID
                + "\"}");
  }

  @Test
  void an_entity_type_says_everything_about_itself() {
    String account = get("EntityDefinitions(" + ACCOUNT_ID + ")");

    assertThat(account).startsWith(CONTEXT + "EntityDefinitions/$entity\",");
    assertThat(at(account, "MetadataId")).isEqualTo(ACCOUNT_ID);
    assertThat(at(account, "LogicalName")).isEqualTo("account");
    assertThat(at(account, "SchemaName")).isEqualTo("account");
    assertThat(at(account, "EntitySetName")).isEqualTo("accounts");
    assertThat(at(account, "LogicalCollectionName")).isEqualTo("accounts");
    assertThat(at(account, "PrimaryIdAttribute")).isEqualTo("accountid");
    assertThat(at(account, "PrimaryNameAttribute")).isEqualTo("name");
    assertThat(at(account, "DisplayName", "UserLocalizedLabel", "Label")).isEqualTo("Account");
    assertThat(at(account, "DisplayName", "LocalizedLabels", 0, "LanguageCode")).isEqualTo(1033L);
    assertThat(at(account, "IsAuditEnabled", "Value")).isEqualTo(true);
    assertThat(at(account, "ChangeTrackingEnabled")).isEqualTo(true);
    assertThat(at(account, "IsCustomEntity")).isEqualTo(false);
    String note = get("EntityDefinitions(LogicalName='systemuser')");
    assertThat(at(note, "IsOptimisticConcurrencyEnabled")).isEqualTo(false);
    assertThat(at(note, "IsAuditEnabled", "Value")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    "name, String, String",
    "description, Memo, Memo",
    "employees, Integer, Integer",
    "views, BigInt, BigInt",
    "rate, Decimal, Decimal",
    "revenue, Money, Money",
    "donotemail, Boolean, Boolean",
    "opened, DateTime, DateTime",
    "industry, Picklist, Picklist",
    "customerid, Lookup, Lookup",
    "batch, Uniqueidentifier, UniqueIdentifier",
    "accountid, Uniqueidentifier, UniqueIdentifier",
    "createdon, DateTime, DateTime",
    "modifiedby, Lookup, Lookup",
    "versionnumber, BigInt, BigInt"
  })
  void an_attribute_says_of_which_type_it_is(String name, String type, String ofClass) {
    String attribute =
        get("EntityDefinitions(LogicalName='account')/Attributes(LogicalName='" + name + "')");

    assertThat(at(attribute, "@odata.type"))
        .isEqualTo("#Microsoft.Dynamics.CRM." + ofClass + "AttributeMetadata");
    assertThat(at(attribute, "AttributeType")).isEqualTo(type);
    assertThat(at(attribute, "AttributeTypeName", "Value")).isEqualTo(type + "Type");
    assertThat(at(attribute, "IsPrimaryId")).isEqualTo(name.equals("accountid"));
    assertThat(at(attribute, "IsPrimaryName")).isEqualTo(name.equals("name"));
    assertThat(at(attribute, "RequiredLevel", "Value"))
        .isEqualTo(name.equals("accountid") ? "SystemRequired" : "None");
    String id = String.valueOf(at(attribute, "MetadataId"));
    assertThat(get("EntityDefinitions(" + ACCOUNT_ID + ")/Attributes(" + UUID.fromString(id) + ")"))
        .isEqualTo(attribute);
  }

  @Test
  void what_an_attribute_may_hold_is_told_by_its_own_type() {
    String all = get("EntityDefinitions(LogicalName='account')/Attributes");

    assertThat(all)
        .startsWith(CONTEXT + "EntityDefinitions(" + ACCOUNT_ID + ")/Attributes\",\"value\":[");
    assertThat(at(all, "value", 1, "MaxLength")).isEqualTo(20L);
    assertThat(all).contains("\"AutoNumberFormat\":null");
    assertThat(at(all, "value", 3, "MinValue")).isEqualTo(0L);
    assertThat(at(all, "value", 3, "MaxValue")).isEqualTo(1_000_000L);
    assertThat(at(all, "value", 4, "MaxValue")).isEqualTo(Long.MAX_VALUE);
    assertThat(at(all, "value", 5, "Precision")).isEqualTo(3L);
    assertThat(at(all, "value", 6, "MinValue")).isEqualTo(-1_000_000_000L);
    assertThat(at(all, "value", 11, "Targets")).isEqualTo(List.of("account", "contact"));
    assertThat(at(all, "value", 14, "Targets")).isEqualTo(List.of("systemuser"));
    assertThat(at(all, "value", 14, "IsValidForUpdate")).isEqualTo(false);
    assertThat(at(all, "value", 1, "IsValidForUpdate")).isEqualTo(true);
  }

  @Test
  void global_option_sets_are_listed_and_picked_by_name_or_id() {
    assertThat(get("GlobalOptionSetDefinitions?$select=Name"))
        .startsWith(CONTEXT + "GlobalOptionSetDefinitions(Name)\"")
        .contains("\"Name\":\"crm_Colour\"", "\"Name\":\"crm_Size\"");
    String colour = get("GlobalOptionSetDefinitions(Name='crm_Colour')");
    assertThat(colour)
        .startsWith(CONTEXT + "GlobalOptionSetDefinitions/$entity\"")
        .contains("\"@odata.type\":\"#Microsoft.Dynamics.CRM.OptionSetMetadata\"")
        .contains("\"IsGlobal\":true");
    assertThat(at(colour, "Options", 1, "Label", "UserLocalizedLabel", "Label")).isEqualTo("Blue");
    String id = String.valueOf(at(colour, "MetadataId"));
    assertThat(get("GlobalOptionSetDefinitions(" + id + ")")).isEqualTo(colour);
    String cast = "/Microsoft.Dynamics.CRM.OptionSetMetadata";
    assertThat(get("GlobalOptionSetDefinitions(" + id + ")" + cast + "?$select=Options"))
        .contains("\"Red\"")
        .doesNotContain("IsGlobal");
    assertThat(get("GlobalOptionSetDefinitions" + cast + "?$filter=Name%20eq%20'crm_Size'"))
        .contains("crm_Size", "\"Options\":[]")
        .doesNotContain("crm_Colour");
    refused("GlobalOptionSetDefinitions(LogicalName='crm_Colour')");
    refused("GlobalOptionSetDefinitions?$select=Options");
    refused("EntityDefinitions(Name='account')");
  }

  @Test
  void a_choice_leads_to_the_global_option_set_it_shares() {
    String paint =
        "EntityDefinitions(LogicalName='crm_car')/Attributes(LogicalName='paint')"
            + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata";
    String expanded =
        get(List.of(CAR), paint + "?$select=LogicalName&$expand=OptionSet,GlobalOptionSet");

    for (String property : List.of("OptionSet", "GlobalOptionSet")) {
      assertThat(at(expanded, property, "Name")).isEqualTo("crm_Colour");
      assertThat(at(expanded, property, "MetadataId"))
          .isEqualTo(OptionSet.stream("crm_colour").id().toString());
      assertThat(at(expanded, property, "IsGlobal")).isEqualTo(true);
      assertThat(at(expanded, property, "Options", 0, "Value")).isEqualTo(1L);
      assertThat(at(get(List.of(CAR), paint + "/" + property), "Name")).isEqualTo("crm_Colour");
    }
  }

  @Test
  void an_auto_number_says_how_it_looks() {
    var format = AutoNumberFormat.parse("CAS-{SEQNUM:5}-{RANDSTRING:6}");
    var number = new Attribute("number", "Number", new AttributeType.Text(100, format));
    var path =
        ResourcePath.parse(
            "EntityDefinitions(LogicalName='ticket')/Attributes(LogicalName='number')");

    byte[] body =
        Definitions.body(
            List.of(EntityType.of("ticket", "tickets", "Ticket", "number", number)),
            List.of(),
            (ResourcePath.Definitions) path,
            MetadataQuery.NONE,
            ROOT);

    assertThat(new String(body, StandardCharsets.UTF_8))
        .contains("\"AutoNumberFormat\":\"CAS-{SEQNUM:5}-{RANDSTRING:6}\"");
  }

  @Test
  void a_cast_leaves_the_attributes_of_one_type_and_lets_its_properties_be_selected() {
    assertThat(
            get(
                "EntityDefinitions(LogicalName='contact')/Attributes"
                    + "/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=MaxLength"
                    + "&$filter=LogicalName%20eq%20'fullname'"))
        .isEqualTo(
            CONTEXT
                + "EntityDefinitions("
                + EntityType.stream("contact").id()
                + ")/Attributes/Microsoft.Dynamics.CRM.StringAttributeMetadata(MaxLength)\","
                + "\"value\":[{\"@odata.type\":\"#Microsoft.Dynamics.CRM.StringAttributeMetadata\","
                + "\"MaxLength\":160,\"MetadataId\":\""
                + UUID.nameUUIDFromBytes(
                    "attribute/contact/fullname".getBytes(StandardCharsets.UTF_8))
                + "\"}]}");
    refused("EntityDefinitions(LogicalName='contact')/Attributes?$select=MaxLength");
  }

  @Test
  void the_options_of_a_choice_come_when_they_are_expanded() {
    String path =
        "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='industry')"
            + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata";

    String expanded =
        get(path + "?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet");

    assertThat(expanded)
        .contains("PicklistAttributeMetadata(LogicalName,OptionSet(Options),GlobalOptionSet())/$e");
    assertThat(at(expanded, "OptionSet", "Options", 0, "Value")).isEqualTo(1L);
    assertThat(at(expanded, "OptionSet", "Options", 1, "Label", "UserLocalizedLabel", "Label"))
        .isEqualTo("Farming");
    assertThat(expanded).contains("\"GlobalOptionSet\":null");
    assertThat(get(path)).doesNotContain("OptionSet\"");
    assertThat(at(get(path + "/OptionSet"), "Name")).isEqualTo("account_industry");
  }

  @Test
  void attributes_and_keys_are_expanded_as_asked() {
    String account =
        get(
            "EntityDefinitions(LogicalName='account')?$select=LogicalName"
                + "&$expand=Attributes($select=LogicalName;$filter=IsPrimaryName%20eq%20true),"
                + "Keys($select=KeyAttributes)");

    assertThat(account)
        .contains("#EntityDefinitions(LogicalName,Attributes(LogicalName),Keys(KeyAttributes))/$e");
    assertThat(at(account, "Attributes", 0, "LogicalName")).isEqualTo("name");
    assertThat(at(account, "Attributes")).asInstanceOf(LIST).hasSize(1);
    assertThat(at(account, "Keys", 0, "KeyAttributes")).isEqualTo(List.of("name", "employees"));
    assertThat(get("EntityDefinitions(LogicalName='account')/Keys"))
        .contains("\"LogicalName\":\"place\"", "\"EntityKeyIndexStatus\":\"Active\"");
    assertThat(get("EntityDefinitions(LogicalName='contact')/Keys")).endsWith("\"value\":[]}");
  }

  @Test
  void a_property_has_a_url_of_its_own() {
    assertThat(get("EntityDefinitions(LogicalName='account')/EntitySetName"))
        .isEqualTo(
            CONTEXT
                + "EntityDefinitions("
                + ACCOUNT_ID
                + ")/EntitySetName\",\"value\":\"accounts\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "LogicalName eq 'account' | account",
        "'account' eq LogicalName | account",
        "LogicalName ne 'account' | contact,systemuser",
        "IsOptimisticConcurrencyEnabled eq false | systemuser",
        "IsAuditEnabled/Value eq true and not (EntitySetName eq 'contacts') | account",
        "LogicalName in ('account','contact') | account,contact",
        "LogicalName eq 'contact' or LogicalName eq 'systemuser' | contact,systemuser",
        "DisplayName/UserLocalizedLabel/Label eq 'User' | systemuser",
        "LogicalName eq null | ",
        "Description/UserLocalizedLabel ne null | "
      })
  void a_list_is_filtered_by_simple_properties(String filter, @Nullable String expected) {
    String found = names(filter.replace(" ", "%20"));

    assertThat(
            Pattern.compile("\"LogicalName\":\"(\\w+)\"")
                .matcher(found)
                .results()
                .map(match -> match.group(1)))
        .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(",")));
  }

  @Test
  void attributes_are_filtered_by_the_member_of_an_enumeration() {
    String found =
        get(
            "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName&$filter="
                + "AttributeType%20eq%20Microsoft.Dynamics.CRM.AttributeTypeCode'Memo'");

    assertThat(at(found, "value")).asInstanceOf(LIST).hasSize(1);
    assertThat(at(found, "value", 0, "LogicalName")).isEqualTo("description");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EntityDefinitions?$select=Nothing",
        "EntityDefinitions?$select=Attributes",
        "EntityDefinitions?$expand=Nothing",
        "EntityDefinitions?$expand=Attributes($select=Nothing)",
        "EntityDefinitions?$expand=Keys($select=Nothing)",
        "EntityDefinitions?$expand=Keys($top=1)",
        "EntityDefinitions?$expand=Keys(",
        "EntityDefinitions?$expand=Keys,Keys",
        "EntityDefinitions?$expand=",
        "EntityDefinitions?$filter=Nothing%20eq%201",
        "EntityDefinitions?$filter=LogicalName%20eq%201",
        "EntityDefinitions?$filter=IsAuditEnabled%20eq%20true",
        "EntityDefinitions?$filter=IsAuditEnabled/Nothing%20eq%20true",
        "EntityDefinitions?$filter=LogicalName%20gt%20'a'",
        "EntityDefinitions?$filter=contains(LogicalName,'a')",
        "EntityDefinitions?$filter=LogicalName%20eq%20SchemaName",
        "EntityDefinitions?$top=1",
        "EntityDefinitions?$skip=1",
        "EntityDefinitions?$count=true",
        "EntityDefinitions?$orderby=LogicalName",
        "EntityDefinitions?x=1",
        "EntityDefinitions?$select=LogicalName&$select=LogicalName",
        "EntityDefinitions(EntitySetName='accounts')",
        "EntityDefinitions(LogicalName='account'",
        "EntityDefinitions('account')",
        "EntityDefinitions(LogicalName='account')?$filter=LogicalName%20eq%20'account'",
        "EntityDefinitions(LogicalName='account')/LogicalName?$select=LogicalName",
        "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='industry')"
            + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
            + "?$expand=OptionSet($filter=IsGlobal%20eq%20true)",
        "EntityDefinitions/../x",
        "EntityDefinitions/a/b/c/d/e/f"
      })
  void what_makes_no_sense_is_refused(String url) {
    refused(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EntityDefinitions(LogicalName='nothing')",
        "EntityDefinitions(6f0d8c1e-0001-4000-8000-00000000abcd)",
        "EntityDefinitionsMore",
        "EntityDefinitions/Attributes",
        "EntityDefinitions(LogicalName='account')/Nothing",
        "EntityDefinitions(LogicalName='account')/Keys(LogicalName='x')",
        "EntityDefinitions(LogicalName='account')/LogicalName(LogicalName='x')",
        "EntityDefinitions(LogicalName='account')/LogicalName/Nothing",
        "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='nothing')",
        "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.Nothing",
        "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name')"
            + "/Microsoft.Dynamics.CRM.MemoAttributeMetadata",
        "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='industry')"
            + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata/GlobalOptionSet"
      })
  void what_is_not_there_is_told_so(String url) {
    assertThatExceptionOfType(NoSuchMetadataException.class).as(url).isThrownBy(() -> get(url));
  }

  @Test
  void expansions_have_bounds() {
    String nested = "Keys";
    for (int depth = 0; depth < MetadataQuery.DEPTH_MAX; depth++) {
      nested = "Keys($expand=" + nested + ")";
    }
    String tooDeep = nested;
    String tooMany = "Keys" + ",Attributes".repeat(MetadataQuery.EXPAND_MAX);

    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> MetadataQuery.parse("$expand=" + tooDeep))
        .withMessageContaining("deeper than 3");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> MetadataQuery.parse("$expand=" + tooMany))
        .withMessageContaining("more than 15");
  }

  @Test
  void metadata_documents_know_one_option() {
    assertThat(MetadataQuery.annotations(null)).isFalse();
    assertThat(MetadataQuery.annotations("annotations=false")).isFalse();
    assertThat(MetadataQuery.annotations("annotations=true")).isTrue();
    for (String other : List.of("annotations=1", "$format=json", "$select=x", "annotations")) {
      assertThatExceptionOfType(BadRequest.class)
          .as(other)
          .isThrownBy(() -> MetadataQuery.annotations(other));
    }
  }
}
