package io.rowstream.odata.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.command.Revision.Describe;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.metadata.Definitions;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionPayloadTest {
  private static final GlobalSets SETS = _ -> null;
  private static final String NAME =
      "{\"@odata.type\":\"Microsoft.Dynamics.CRM.StringAttributeMetadata\",\"SchemaName\":\"new_Name\""
          + ",\"IsPrimaryName\":true}";
  private static final List<Attribute> OF_EVERY_KIND =
      List.of(
          new Attribute("new_name", "Name", new AttributeType.Text(100)),
          new Attribute(
              "new_no", "No", new AttributeType.Text(50, AutoNumberFormat.parse("A-{SEQNUM:4}"))),
          new Attribute("new_notes", "Notes", new AttributeType.Memo(2_000)),
          new Attribute("new_count", "Count", new AttributeType.WholeNumber(0, 9)),
          new Attribute("new_big", "Big", new AttributeType.BigInteger()),
          new Attribute(
              "new_rate",
              "Rate",
              new AttributeType.Decimal(new BigDecimal("-1.5"), new BigDecimal("1E+3"), 10)),
          new Attribute(
              "new_price",
              "Price",
              new AttributeType.Money(BigDecimal.ZERO, new BigDecimal("922337203685477"), 4)),
          new Attribute("new_open", "Open", new AttributeType.YesNo()),
          new Attribute("new_day", "Day", new AttributeType.DateTime(true)),
          new Attribute("new_at", "At", new AttributeType.DateTime()),
          new Attribute("new_size", "Size", new AttributeType.Choice(Map.of(1, "S", 2, "M"))),
          new Attribute("new_guid", "Guid", new AttributeType.Guid()),
          new Attribute("new_ownerid", "Owner", new AttributeType.Lookup(Set.of("owner"))));
  private static final EntityType PET =
      EntityType.of(
          "new_pet", "new_pets", "Pet", "new_name", OF_EVERY_KIND.toArray(Attribute[]::new));

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String label(String... texts) {
    var labels = new StringBuilder();
    int language = 1031;
    for (String text : texts) {
      labels.append(labels.isEmpty() ? "" : ",");
      labels.append("{\"Label\":\"" + text + "\",\"LanguageCode\":" + language + "}");
      language += 2;
    }
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.Label\",\"LocalizedLabels\":["
        + labels
        + "]}";
  }

  private static String type(String members) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.EntityMetadata\",\"SchemaName\":\"new_Pet\","
        + "\"Attributes\":["
        + NAME
        + "]"
        + members
        + "}";
  }

  private static String attribute(String kind, String members) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM."
        + kind
        + "AttributeMetadata\",\"SchemaName\":\"new_X\""
        + members
        + "}";
  }

  @Test
  void an_entity_type_is_made_of_what_is_said_and_else_of_what_is_usual() {
    var made =
        EntityTypePayload.forCreate(
            bytes(
                type(
                    ",\"DisplayName\":"
                        + label("Tier", "Pet")
                        + ",\"OwnershipType\":\"UserOwned\",\"HasNotes\":false,\"Description\":"
                        + label("x")
                        + ",\"IsAuditEnabled\":{\"Value\":false,\"CanBeChanged\":true}"
                        + ",\"Keys\":[{\"SchemaName\":\"new_ByName\",\"KeyAttributes\":[\"new_name\"]}]")),
            SETS);

    assertThat(made.name()).isEqualTo("new_pet");
    assertThat(made.setName()).isEqualTo("new_pets");
    assertThat(made.displayName()).isEqualTo("Pet");
    assertThat(made.primaryName()).isEqualTo("new_name");
    assertThat(made.attributes().values())
        .containsExactly(new Attribute("new_name", "", new AttributeType.Text(100)));
    assertThat(made.policies().audit()).isFalse();
    assertThat(made.policies().optimisticConcurrency()).isTrue();
    assertThat(made.keys()).containsExactly(AlternateKey.of("new_byname", "new_name"));
  }

  @ParameterizedTest
  @CsvSource({
    "new_Category,new_categories",
    "new_Day,new_days",
    "new_Bus,new_buses",
    "new_Box,new_boxes",
    "new_Branch,new_branches",
    "new_Dish,new_dishes",
    "new_Account,new_accounts"
  })
  void a_set_is_called_by_an_english_plural(String name, String set) {
    assertThat(
            EntityTypePayload.forCreate(bytes(type("").replace("new_Pet", name)), SETS).setName())
        .isEqualTo(set);
    assertThat(
            EntityTypePayload.forCreate(bytes(type(",\"EntitySetName\":\"new_Zoo\"")), SETS)
                .setName())
        .isEqualTo("new_zoo");
  }

  static Stream<Attribute> ofEveryKind() {
    return OF_EVERY_KIND.stream();
  }

  @ParameterizedTest
  @MethodSource("ofEveryKind")
  void what_is_read_can_be_written_back_and_changes_nothing(Attribute attribute) {
    var path =
        (ResourcePath.Definitions)
            ResourcePath.parse(
                "EntityDefinitions(LogicalName='new_pet')/Attributes(LogicalName='"
                    + attribute.name()
                    + "')");
    byte[] read =
        Definitions.body(
            List.of(PET),
            List.of(),
            path,
            MetadataQuery.NONE,
            new ServiceRoot("http://h/api/data/v9.2/"));

    assertThat(
            AttributePayload.forUpdate(
                "new_pet", attribute, read, attribute.name().equals("new_name"), SETS))
        .isEqualTo(attribute);
  }

  @Test
  void an_entity_type_that_is_read_can_be_written_back() {
    var path =
        (ResourcePath.Definitions) ResourcePath.parse("EntityDefinitions(LogicalName='new_pet')");
    byte[] read =
        Definitions.body(
            List.of(PET),
            List.of(),
            path,
            MetadataQuery.NONE,
            new ServiceRoot("http://h/api/data/v9.2/"));

    assertThat(EntityTypePayload.forUpdate(PET, read))
        .isEqualTo(new Describe("Pet", true, true, true));
  }

  @Test
  void attributes_are_made_of_every_kind() {
    assertThat(made("String", ",\"MaxLength\":7,\"AutoNumberFormat\":\"{SEQNUM:3}\""))
        .isEqualTo(new AttributeType.Text(7, AutoNumberFormat.parse("{SEQNUM:3}")));
    assertThat(made("Memo", ",\"Format\":\"TextArea\",\"MaxLength\":500"))
        .isEqualTo(new AttributeType.Memo(500));
    assertThat(made("Integer", ",\"MinValue\":-3,\"MaxValue\":3,\"Format\":\"None\""))
        .isEqualTo(new AttributeType.WholeNumber(-3, 3));
    assertThat(made("Decimal", ",\"MaxValue\":99.5,\"Precision\":1"))
        .isEqualTo(
            new AttributeType.Decimal(new BigDecimal("-100000000000"), new BigDecimal("99.5"), 1));
    assertThat(made("Money", ",\"PrecisionSource\":2,\"Precision\":4,\"MinValue\":0.0"))
        .isEqualTo(new AttributeType.Money(BigDecimal.ZERO, new BigDecimal("922337203685477"), 4));
    assertThat(
            made(
                "Boolean", ",\"DefaultValue\":false,\"OptionSet\":{\"OptionSetType\":\"Boolean\"}"))
        .isEqualTo(new AttributeType.YesNo());
    assertThat(
            made(
                "DateTime",
                ",\"Format\":\"DateOnly\",\"DateTimeBehavior\":{\"Value\":\"UserLocal\"}"))
        .isEqualTo(new AttributeType.DateTime(true));
    assertThat(
            made(
                "Picklist",
                ",\"OptionSet\":{\"IsGlobal\":false,\"Options\":[{\"Value\":1,\"Label\":"
                    + label("S")
                    + "}]}"))
        .isEqualTo(new AttributeType.Choice(Map.of(1, "S")));
    assertThat(made("UniqueIdentifier", "")).isEqualTo(new AttributeType.Guid());
    assertThat(made("BigInt", ",\"AttributeTypeName\":{\"Value\":\"BigIntType\"}"))
        .isEqualTo(new AttributeType.BigInteger());
  }

  private static AttributeType made(String kind, String members) {
    return AttributePayload.forCreate("new_pet", bytes(attribute(kind, members)), SETS).type();
  }

  @Test
  void what_a_change_does_not_say_stays() {
    var number = OF_EVERY_KIND.get(1);

    assertThat(
            AttributePayload.forUpdate(
                "new_pet", number, bytes("{\"DisplayName\":" + label("Number") + "}"), false, SETS))
        .isEqualTo(new Attribute("new_no", "Number", number.type()));
    assertThat(
            AttributePayload.forUpdate(
                "new_pet", number, bytes("{\"AutoNumberFormat\":\"\"}"), false, SETS))
        .isEqualTo(new Attribute("new_no", "No", new AttributeType.Text(50)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"SchemaName\":\"new_x\"}",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.StringAttributeMetadata\"}",
        "{\"@odata.type\":\"System.String\",\"SchemaName\":\"new_x\"}",
        "{\"AttributeType\":\"Image\",\"SchemaName\":\"new_x\"}",
        "{\"AttributeType\":\"Lookup\",\"SchemaName\":\"new_x\"}",
        "{\"AttributeType\":\"String\",\"AttributeTypeName\":{\"Value\":\"MemoType\"},\"SchemaName\":\"new_x\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"LogicalName\":\"new_y\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new x\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"IsPrimaryName\":true}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"IsSecured\":true}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"MaxLength\":0}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"MaxLength\":4001}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"MaxLength\":1e400}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"MaxLength\":1.5}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"MaxLength\":\"9\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"AutoNumberFormat\":\"x\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"DisplayName\":\"x\"}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"NoSuchMember\":1}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"DisplayName\":{\"LocalizedLabels\":[{\"Label\":\"\\u0000\"}]}}",
        "{\"AttributeType\":\"String\",\"SchemaName\":\"new_x\",\"DisplayName\":{\"LocalizedLabels\":[1]}}",
        "{\"AttributeType\":\"Integer\",\"SchemaName\":\"new_x\",\"MinValue\":2,\"MaxValue\":1}",
        "{\"AttributeType\":\"Integer\",\"SchemaName\":\"new_x\",\"MaxValue\":2147483648}",
        "{\"AttributeType\":\"Decimal\",\"SchemaName\":\"new_x\",\"MaxValue\":1e300}",
        "{\"AttributeType\":\"Decimal\",\"SchemaName\":\"new_x\",\"Precision\":11}",
        "{\"AttributeType\":\"Boolean\",\"SchemaName\":\"new_x\",\"DefaultValue\":true}",
        "{\"AttributeType\":\"DateTime\",\"SchemaName\":\"new_x\",\"Format\":\"Weekday\"}",
        "{\"AttributeType\":\"DateTime\",\"SchemaName\":\"new_x\",\"DateTimeBehavior\":{\"Value\":\"DateOnly\"}}",
        "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"new_x\"}",
        "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"new_x\",\"OptionSet\":{}}",
        "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"new_x\",\"OptionSet\":{\"IsGlobal\":true}}",
        "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"new_x\",\"OptionSet\":{\"Options\":[{\"Value\":1}]}}",
        "[]",
        "{"
      })
  void what_is_no_attribute_is_refused(String body) {
    assertThatThrownBy(() -> AttributePayload.forCreate("new_pet", bytes(body), SETS))
        .isInstanceOfAny(BadRequest.class, RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.Label\",\"SchemaName\":\"new_pet\"}",
        "{\"SchemaName\":\"new_pet\"}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":{}}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[]}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME,NAME]}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[{\"AttributeType\":\"Memo\",\"SchemaName\":\"a\",\"IsPrimaryName\":true}]}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"PrimaryNameAttribute\":\"other\"}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"EntitySetName\":\"audits\"}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"EntitySetName\":\"a/b\"}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"IsActivity\":true}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"HasNotes\":true}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"OneToManyRelationships\":[]}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"Keys\":[{\"SchemaName\":\"k\",\"KeyAttributes\":[]}]}",
        "{\"SchemaName\":\"new_pet\",\"Attributes\":[NAME],\"Keys\":[{\"SchemaName\":\"k\",\"KeyAttributes\":[\"nosuch\"]}]}",
        "{\"SchemaName\":\"entitytype\",\"Attributes\":[NAME]}",
        "{\"SchemaName\":\"1pet\",\"Attributes\":[NAME]}"
      })
  void what_is_no_entity_type_is_refused(String body) {
    assertThatThrownBy(() -> EntityTypePayload.forCreate(bytes(body.replace("NAME", NAME)), SETS))
        .isInstanceOfAny(BadRequest.class, RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"LogicalName\":\"other\"}",
        "{\"EntitySetName\":\"others\"}",
        "{\"PrimaryNameAttribute\":\"new_no\"}",
        "{\"MetadataId\":\"33333333-3333-4333-8333-333333333333\"}",
        "{\"Attributes\":[]}",
        "{\"Keys\":[]}",
        "{\"ChangeTrackingEnabled\":1}"
      })
  void what_an_entity_type_cannot_become_is_refused(String body) {
    assertThatThrownBy(() -> EntityTypePayload.forUpdate(PET, bytes(body)))
        .isInstanceOf(BadRequest.class);
  }

  private static String relationship(String members) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata\","
        + "\"SchemaName\":\"new_Owner_Pets\",\"ReferencedEntity\":\"owner\","
        + "\"ReferencedAttribute\":\"ownerid\",\"ReferencingEntity\":\"new_pet\","
        + "\"AssociatedMenuConfiguration\":{\"Order\":1}"
        + members
        + "}";
  }

  private static final String LOOKUP =
      ",\"Lookup\":{\"@odata.type\":\"Microsoft.Dynamics.CRM.LookupAttributeMetadata\","
          + "\"AttributeTypeName\":{\"Value\":\"LookupType\"},\"SchemaName\":\"new_OwnerId\"}";

  @ParameterizedTest
  @CsvSource({"RemoveLink,REMOVE_LINK", "Restrict,RESTRICT", "Cascade,CASCADE"})
  void a_relationship_says_what_a_delete_does(String word, OnDelete onDelete) {
    String cascade =
        ",\"CascadeConfiguration\":{\"Assign\":\"NoCascade\",\"Delete\":\"" + word + "\"}";

    var made = RelationshipPayload.forCreate(bytes(relationship(LOOKUP + cascade)));

    assertThat(made)
        .isEqualTo(
            new RelationshipPayload.Made(
                "new_pet",
                "",
                new Relationship("new_Owner_Pets", "new_ownerid", "owner", onDelete)));
    assertThat(
            RelationshipPayload.forUpdate(
                PET,
                new Relationship("new_Owner_Pets", "new_ownerid", "owner"),
                bytes(relationship(cascade))))
        .isEqualTo(onDelete);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"Lookup\":{}",
        "LOOKUP,\"CascadeConfiguration\":{\"Delete\":\"NoCascade\"}",
        "LOOKUP,\"ReferencingEntityNavigationPropertyName\":\"other\"",
        "LOOKUP,\"IntersectEntityName\":\"x\"",
        "LOOKUP,\"ReferencedAttribute\":\"name\""
      })
  void what_is_no_relationship_is_refused(String members) {
    byte[] body =
        bytes(
            relationship(members.replace("LOOKUP", LOOKUP))
                .replaceFirst(
                    members.contains("ReferencedAttribute")
                        ? "\"ReferencedAttribute\":\"ownerid\","
                        : "^$",
                    ""));

    assertThatThrownBy(() -> RelationshipPayload.forCreate(body)).isInstanceOf(BadRequest.class);
  }

  @Test
  void a_key_is_read_as_clients_write_it() {
    AlternateKey key =
        KeyPayload.forCreate(
            "new_pet",
            bytes(
                "{\"@odata.type\":\"Microsoft.Dynamics.CRM.EntityKeyMetadata\","
                    + "\"SchemaName\":\"new_ByChip\",\"EntityLogicalName\":\"new_pet\","
                    + "\"DisplayName\":{},\"KeyAttributes\":[\"new_chip\",\"new_tag\"]}"));

    assertThat(key).isEqualTo(AlternateKey.of("new_bychip", "new_chip", "new_tag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"SchemaName\":\"k\"}",
        "{\"SchemaName\":\"k\",\"KeyAttributes\":[]}",
        "{\"SchemaName\":\"k\",\"KeyAttributes\":[\"a\",\"a\"]}",
        "{\"SchemaName\":\"k\",\"KeyAttributes\":[1]}",
        "{\"SchemaName\":\"k k\",\"KeyAttributes\":[\"a\"]}",
        "{\"SchemaName\":\"k\",\"KeyAttributes\":[\"a\"],\"EntityLogicalName\":\"other\"}",
        "{\"SchemaName\":\"k\",\"KeyAttributes\":[\"a\"],\"Unknown\":1}",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.EntityMetadata\",\"SchemaName\":\"k\","
            + "\"KeyAttributes\":[\"a\"]}"
      })
  void what_is_no_key_is_refused(String body) {
    assertThatThrownBy(() -> KeyPayload.forCreate("new_pet", bytes(body)))
        .isInstanceOfAny(BadRequest.class, RefusedException.class);
  }
}
