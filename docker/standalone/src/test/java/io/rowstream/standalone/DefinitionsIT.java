package io.rowstream.standalone;

import static io.rowstream.standalone.Definitions.attribute;
import static io.rowstream.standalone.Definitions.definition;
import static io.rowstream.standalone.Definitions.header;
import static io.rowstream.standalone.Definitions.json;
import static io.rowstream.standalone.Definitions.label;
import static io.rowstream.standalone.Definitions.relationship;
import static io.rowstream.standalone.Definitions.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Administrators define over HTTP what others write and read at once.
class DefinitionsIT {
  private static final int ADMINISTRATORS = 10;

  @AutoClose private static final RunningService service = new RunningService();

  private static void define(String name, String... attributes) throws Exception {
    service.done("POST", "EntityDefinitions", type(name, attributes));
  }

  @Test
  void an_entity_type_is_usable_at_once() throws Exception {
    var made =
        service.done(
            "POST",
            "EntityDefinitions",
            type(
                "crm_Ship",
                attribute("String", "crm_No", "\"AutoNumberFormat\":\"S-{SEQNUM:4}\""),
                attribute("Memo", "crm_Notes", "\"MaxLength\":500"),
                attribute("Integer", "crm_Masts", "\"MinValue\":1,\"MaxValue\":7"),
                attribute("Decimal", "crm_Draught", "\"Precision\":2"),
                attribute("Money", "crm_Price", ""),
                attribute("Boolean", "crm_Afloat", "\"DefaultValue\":false"),
                attribute("DateTime", "crm_Launched", "\"Format\":\"DateOnly\""),
                attribute("UniqueIdentifier", "crm_Key", ""),
                attribute(
                    "Picklist",
                    "crm_Rig",
                    "\"OptionSet\":{\"IsGlobal\":false,\"OptionSetType\":\"Picklist\",\"Options\":["
                        + "{\"Value\":1,\"Label\":"
                        + label("Ketch")
                        + "}]}")));

    assertThat(header(made, "ETag")).isEqualTo("W/\"0\"");
    assertThat(header(made, "Rowstream-Position")).isEqualTo(Long.toString(service.position()));
    String id = header(made, "OData-EntityId");
    assertThat(id)
        .matches("http.*/api/data/v9\\.2/EntityDefinitions\\([0-9a-f-]{36}\\)")
        .startsWith(service.root());
    var found = json(service.read(id.substring(service.root().length()) + "?$expand=Attributes"));
    assertThat(found)
        .containsEntry("LogicalName", "crm_ship")
        .containsEntry("EntitySetName", "crm_ships")
        .containsEntry("PrimaryNameAttribute", "crm_name")
        .containsEntry("IsOptimisticConcurrencyEnabled", true);
    assertThat(Json.at(found, "DisplayName", "UserLocalizedLabel", "Label"))
        .isEqualTo("A crm_Ship");
    assertThat(service.read("$metadata").body()).contains("<EntitySet Name=\"crm_ships\"");

    var record =
        service.send(
            "POST",
            "crm_ships",
            "{\"crm_name\":\"Fram\",\"crm_masts\":3,\"crm_rig\":1,\"crm_price\":1.5,"
                + "\"crm_launched\":\"1892-10-26T00:00:00Z\"}",
            "Prefer",
            "return=representation,odata.include-annotations=\"*\"");
    assertThat(record.statusCode()).as(record.body()).isEqualTo(201);
    assertThat(json(record))
        .containsEntry("crm_no", "S-1000")
        .containsEntry("crm_rig@OData.Community.Display.V1.FormattedValue", "Ketch")
        .containsEntry("crm_launched@OData.Community.Display.V1.FormattedValue", "10/26/1892");
    var list = json(service.get("crm_ships?$filter=crm_masts eq 3".replace(" ", "%20")));
    assertThat(Json.at(list, "value", 0, "crm_name")).isEqualTo("Fram");
    assertThat(service.send("POST", "crm_ships", "{\"crm_masts\":8}").statusCode()).isEqualTo(400);
  }

  @Test
  void attributes_that_are_added_at_once_are_all_there() throws Exception {
    define("crm_Fleet");

    var outcomes =
        Rendezvous.race(
            ADMINISTRATORS,
            number ->
                () ->
                    service.done(
                        "POST",
                        definition("crm_fleet") + "/Attributes",
                        attribute("String", "crm_A" + number, "\"MaxLength\":10")));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(Outcome.returned(outcomes).stream().map(made -> header(made, "ETag")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, ADMINISTRATORS).mapToObj(i -> "W/\"" + i + "\"").toList());
    String attributes =
        service.read(definition("crm_fleet") + "/Attributes?$select=LogicalName").body();
    for (int i = 0; i < ADMINISTRATORS; i++) {
      assertThat(attributes).contains("\"crm_a" + i + "\"");
    }
    String place = header(Outcome.returned(outcomes).getFirst(), "OData-EntityId");
    assertThat(json(service.read(place.substring(service.root().length()))))
        .containsEntry("LogicalName", "crm_a0");
  }

  @Test
  void what_was_read_is_written_back_with_a_change() throws Exception {
    define("crm_Crew", attribute("String", "crm_Rank", "\"MaxLength\":10"));
    String attribute = definition("crm_crew") + "/Attributes(LogicalName='crm_rank')";
    String cast = attribute + "/Microsoft.Dynamics.CRM.StringAttributeMetadata";

    service.done(
        "PUT", cast, service.read(cast).body().replace("\"MaxLength\":10", "\"MaxLength\":20"));
    service.done(
        "PUT",
        definition("crm_crew"),
        service
            .read(definition("crm_crew"))
            .body()
            .replace("\"ChangeTrackingEnabled\":true", "\"ChangeTrackingEnabled\":false")
            .replace("A crm_Crew", "Crew member"),
        "If-Match",
        "*");

    assertThat(json(service.read(cast))).containsEntry("MaxLength", 20L);
    var found = json(service.read(definition("crm_crew")));
    assertThat(found).containsEntry("ChangeTrackingEnabled", false);
    assertThat(Json.at(found, "DisplayName", "UserLocalizedLabel", "Label"))
        .isEqualTo("Crew member");
    assertThat(
            service
                .send("POST", "crm_crews", "{\"crm_rank\":\"" + "x".repeat(20) + "\"}")
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void who_names_a_version_changes_only_that() throws Exception {
    define("crm_Port");
    service.done(
        "POST", definition("crm_port") + "/Attributes", attribute("String", "crm_Sea", ""));
    String depth = attribute("Integer", "crm_Depth", "");

    var stale =
        service.send("POST", definition("crm_port") + "/Attributes", depth, "If-Match", "W/\"0\"");
    var fresh =
        service.send("POST", definition("crm_port") + "/Attributes", depth, "If-Match", "W/\"1\"");

    assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
    assertThat(stale.body()).contains("0x80060882", "\"currentVersion\":1");
    assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(204);
  }

  @Test
  void a_definition_repeated_under_its_key_is_made_once() throws Exception {
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
    String[] other = {"Idempotency-Key", UUID.randomUUID().toString()};
    String[] third = {"Idempotency-Key", UUID.randomUUID().toString()};
    String cargo = attribute("String", "crm_Cargo", "");
    String path = definition("crm_dock") + "/Attributes";

    for (int attempt = 0; attempt < 2; attempt++) {
      service.done("POST", "EntityDefinitions", type("crm_Dock"), key);
      service.done("POST", path, cargo, other);
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      service.done("PUT", path + "(LogicalName='crm_cargo')", "{\"MaxLength\":7}", third);
    }

    var again = service.send("POST", "EntityDefinitions", type("crm_Dock"));
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).contains("0x80040237");
    assertThat(header(service.done("POST", path, attribute("Memo", "crm_Log", "")), "ETag"))
        .isEqualTo("W/\"3\"");
  }

  @Test
  void a_relationship_brings_its_lookup_and_says_what_a_delete_does() throws Exception {
    define("crm_Harbour");
    define("crm_Boat");
    var made =
        service.done(
            "POST",
            "RelationshipDefinitions",
            relationship("crm_Harbour_Boats", "crm_harbour", "crm_boat", "crm_HomeId", "Restrict"));
    String place = header(made, "OData-EntityId").substring(service.root().length());
    String harbour =
        service.pathOf(service.done("POST", "crm_harbours", "{\"crm_name\":\"Oslo\"}"));
    service.done("POST", "crm_boats", "{\"crm_homeid@odata.bind\":\"/" + harbour + "\"}");

    assertThat(service.send("DELETE", harbour, "").statusCode()).isEqualTo(405);
    var expanded = service.get(harbour + "?$expand=crm_Harbour_Boats");
    assertThat(Json.at(json(expanded), "crm_Harbour_Boats", 0, "crm_boatid")).isNotNull();
    var read = service.read(place);
    assertThat(json(read)).containsEntry("ReferencingAttribute", "crm_homeid");
    service.done("PUT", place, read.body().replace("Restrict", "RemoveLink"));
    service.done("DELETE", harbour, "");

    service.done("DELETE", place, "");
    assertThat(service.read(place).statusCode()).isEqualTo(404);
    assertThat(
            service
                .read(definition("crm_boat") + "/Attributes(LogicalName='crm_homeid')")
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PATCH  | 405 | 0x80060888 | EntityDefinitions(LogicalName='account')                               | {}
          POST   | 405 | 0x80060888 | EntityDefinitions(LogicalName='account')                               | {}
          PUT    | 405 | 0x80060888 | EntityDefinitions                                                      | {}
          DELETE | 405 | 0x80060888 | EntityDefinitions                                                      | ``
          DELETE | 400 | 0x8004f01f | EntityDefinitions(LogicalName='account')                               | ``
          DELETE | 400 | 0x8004f01f | EntityDefinitions(LogicalName='systemuser')                            | ``
          DELETE | 400 | 0x8004f01f | EntityDefinitions(LogicalName='crm_config')                            | ``
          DELETE | 404 | 0x80040217 | EntityDefinitions(LogicalName='nosuch')                                | ``
          DELETE | 400 | 0x80060888 | EntityDefinitions(LogicalName='account')?$select=LogicalName           | ``
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Keys                          | {}
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Keys                          | {"SchemaName":"k","KeyAttributes":["nosuch"]}
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Keys                          | {"SchemaName":"k","KeyAttributes":[]}
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Keys                          | {"SchemaName":"k","KeyAttributes":["name"],"Keys":[]}
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Keys                          | {"SchemaName":"k","KeyAttributes":["accountnumber"]}
          POST   | 404 | 0x80040217 | EntityDefinitions(LogicalName='nosuch')/Keys                           | {"SchemaName":"k","KeyAttributes":["name"]}
          PUT    | 405 | 0x80060888 | EntityDefinitions(LogicalName='account')/Keys(LogicalName='accountnumber') | {}
          DELETE | 405 | 0x80060888 | EntityDefinitions(LogicalName='account')/Keys                          | ``
          DELETE | 404 | 0x80040217 | EntityDefinitions(LogicalName='account')/Keys(LogicalName='nosuch')    | ``
          PUT    | 404 | 0x80040217 | EntityDefinitions(LogicalName='nosuch')                                | {}
          PUT    | 404 | 0x80040217 | EntityDefinitions(00000000-0000-4000-8000-000000000000)                | {}
          PUT    | 400 | 0x80060888 | EntityDefinitions(SchemaName='account')                                | {}
          POST   | 404 | 0x80040217 | EntityDefinitions(LogicalName='nosuch')/Attributes                     | {"AttributeType":"String","SchemaName":"crm_x"}
          PUT    | 404 | 0x80040217 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='nosuch') | {}
          DELETE | 404 | 0x80040217 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='createdon') | ``
          DELETE | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name') | ``
          DELETE | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='accountnumber') | ``
          DELETE | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='address1_city') | ``
          POST   | 412 | 0x80040237 | EntityDefinitions(LogicalName='account')/Attributes                    | {"AttributeType":"String","SchemaName":"Name"}
          POST   | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Attributes                    | {"AttributeType":"String","SchemaName":"createdon"}
          PUT    | 400 | 0x80048d19 | EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name') | {"AttributeType":"Memo"}
          POST   | 400 | 0x80060888 | EntityDefinitions?$select=LogicalName                                  | {}
          POST   | 405 | 0x80060888 | EntityDefinitionsX                                                     | {}
          DELETE | 404 | 0x80040217 | RelationshipDefinitions(SchemaName='nosuch')                           | ``
          PUT    | 400 | 0x80048d19 | RelationshipDefinitions(SchemaName='account_primary_contact')          | {"SchemaName":"x"}
          """)
  void what_cannot_be_defined_is_refused_and_changes_nothing(
      String method, int status, String code, String path, String body) throws Exception {
    long before = service.position();

    var answer = service.send(method, path, body == null ? "" : body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(service.position()).isEqualTo(before);
  }

  @Test
  void names_are_taken_once() throws Exception {
    define("crm_Anchor");
    long before = service.position();

    for (var taken :
        List.of(
            service.send(
                "POST",
                "EntityDefinitions",
                type("crm_Other").replaceFirst("\\{", "{\"EntitySetName\":\"accounts\",")),
            service.send(
                "POST",
                "RelationshipDefinitions",
                relationship(
                    "contact_customer_accounts", "account", "crm_anchor", "crm_X", "Cascade")),
            service.send(
                "POST",
                "RelationshipDefinitions",
                relationship("accountnumber", "account", "crm_anchor", "crm_X", "Cascade")))) {
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(412);
    }
    assertThat(service.position()).isEqualTo(before);
  }
}
