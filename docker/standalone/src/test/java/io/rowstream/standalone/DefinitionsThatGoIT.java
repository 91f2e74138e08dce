package io.rowstream.standalone;

import static io.rowstream.standalone.Definitions.attribute;
import static io.rowstream.standalone.Definitions.definition;
import static io.rowstream.standalone.Definitions.header;
import static io.rowstream.standalone.Definitions.json;
import static io.rowstream.standalone.Definitions.relationship;
import static io.rowstream.standalone.Definitions.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;

/// Attributes, keys and entity types leave, and come again.
class DefinitionsThatGoIT {
  @AutoClose private static final RunningService service = new RunningService();

  private static void define(String name, String... attributes) throws Exception {
    service.done("POST", "EntityDefinitions", type(name, attributes));
  }

  @Test
  void an_attribute_that_leaves_is_still_in_the_history_and_comes_back_with_its_values()
      throws Exception {
    define("crm_Sail", attribute("String", "crm_Colour", ""));
    String path =
        service.pathOf(
            service.done("POST", "crm_sails", "{\"crm_name\":\"Jib\",\"crm_colour\":\"red\"}"));
    String attribute = definition("crm_sail") + "/Attributes(LogicalName='crm_colour')";

    service.done("DELETE", attribute, "");

    assertThat(service.read(attribute).statusCode()).isEqualTo(404);
    assertThat(json(service.get(path))).doesNotContainKey("crm_colour");
    assertThat(service.get(path + "/rowstream.history").body()).contains("\"crm_colour\"", "red");
    assertThat(service.send("PATCH", path, "{\"crm_colour\":\"blue\"}").statusCode())
        .isEqualTo(400);
    service.done("PATCH", path, "{\"crm_name\":\"Spinnaker\"}");
    var number =
        service.send(
            "POST", definition("crm_sail") + "/Attributes", attribute("Integer", "crm_Colour", ""));
    assertThat(number.statusCode()).as(number.body()).isEqualTo(400);

    service.done(
        "POST", definition("crm_sail") + "/Attributes", attribute("String", "crm_Colour", ""));
    assertThat(service.read(attribute).statusCode()).isEqualTo(200);
    assertThat(json(service.get(path))).containsEntry("crm_colour", "red");
  }

  @Test
  void an_entity_type_without_records_goes_and_may_come_again() throws Exception {
    define("crm_Raft", attribute("String", "crm_Wood", ""));
    String record = service.pathOf(service.done("POST", "crm_rafts", "{\"crm_wood\":\"balsa\"}"));
    String type = service.pathOf(service.done("PUT", definition("crm_raft"), "{}"));

    var refused = service.send("DELETE", type, "");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("0x8004f01f", "crm_raft");
    service.done("DELETE", record, "");
    assertThat(service.send("DELETE", type, "", "If-Match", "W/\"7\"").statusCode()).isEqualTo(412);
    service.done("DELETE", type, "", "If-Match", "W/\"0\"");

    for (String gone : List.of(type, "crm_rafts", record, record + "/rowstream.history")) {
      assertThat(service.get(gone).statusCode()).as(gone).isEqualTo(404);
    }
    assertThat(service.read("").body()).doesNotContain("crm_raft");
    assertThat(service.read("$metadata").body()).doesNotContain("crm_raft");
    assertThat(service.read("EntityDefinitions?$select=LogicalName").body())
        .doesNotContain("crm_raft");
    assertThat(service.send("POST", "crm_rafts", "{}").statusCode()).isEqualTo(404);
    assertThat(service.send("DELETE", type, "").statusCode()).isEqualTo(404);

    define("crm_Raft", attribute("String", "crm_Mast", ""));
    assertThat(service.get("crm_rafts?$count=true").body()).contains("\"@odata.count\":0");
    assertThat(service.get(record + "/rowstream.history").body()).contains("balsa");
    service.done("POST", "crm_rafts", "{\"crm_mast\":\"one\"}");
  }

  @Test
  void an_entity_type_stays_while_a_lookup_refers_to_it() throws Exception {
    define("crm_Lake");
    define("crm_Canoe");
    String relationship =
        service.pathOf(
            service.done(
                "POST",
                "RelationshipDefinitions",
                relationship("crm_Lake_Canoes", "crm_lake", "crm_canoe", "crm_On", "RemoveLink")));

    var refused = service.send("DELETE", definition("crm_lake"), "");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("crm_on of crm_canoe");
    service.done("DELETE", relationship, "");
    service.done("DELETE", definition("crm_lake"), "");
  }

  @Test
  void what_the_sample_data_brought_stays_gone() throws Exception {
    service.done("DELETE", definition("city"), "");

    for (var startUp : service.beans(ApplicationRunner.class)) {
      startUp.run(new DefaultApplicationArguments());
    }

    assertThat(service.read(definition("city")).statusCode()).isEqualTo(404);
  }

  @Test
  void a_key_for_records_that_are_there_is_in_force_once_they_were_looked_through()
      throws Exception {
    define("crm_Buoy", attribute("String", "crm_Code", ""));
    String first = service.pathOf(service.done("POST", "crm_buoys", "{\"crm_code\":\"b1\"}"));
    String twin = service.pathOf(service.done("POST", "crm_buoys", "{\"crm_code\":\"b1\"}"));
    String byCode = "crm_buoys(crm_code='b1')";
    String key = "{\"SchemaName\":\"crm_ByCode\",\"KeyAttributes\":[\"crm_code\"]}";
    assertThat(service.get(byCode).statusCode()).isEqualTo(400);

    String failed = service.pathOf(service.done("POST", definition("crm_buoy") + "/Keys", key));
    await().until(() -> status(failed), "Failed"::equals);
    assertThat(service.get(byCode).statusCode()).isEqualTo(400);
    service.done("DELETE", failed, "");
    assertThat(service.read(failed).statusCode()).isEqualTo(404);
    service.done("DELETE", twin, "");

    String made = service.pathOf(service.done("POST", definition("crm_buoy") + "/Keys", key));
    await().until(() -> status(made), "Active"::equals);

    assertThat(json(service.get(byCode)).get("crm_buoyid"))
        .asString()
        .isNotEmpty()
        .satisfies(id -> assertThat(first).contains(id));
    assertThat(service.send("POST", "crm_buoys", "{\"crm_code\":\"B1\"}").statusCode())
        .isEqualTo(412);
    assertThat(service.send("PATCH", byCode, "{\"crm_name\":\"Red\"}").statusCode()).isEqualTo(204);
    service.done("DELETE", definition("crm_buoy") + "/Keys(LogicalName='crm_bycode')", "");
    assertThat(service.get(byCode).statusCode()).isEqualTo(400);
    assertThat(service.send("PATCH", byCode, "{}").statusCode()).isEqualTo(400);
    service.done("POST", "crm_buoys", "{\"crm_code\":\"B1\"}");
  }

  private static String status(String key) throws Exception {
    return String.valueOf(json(service.read(key)).get("EntityKeyIndexStatus"));
  }

  @Test
  void a_removal_repeated_under_its_key_is_answered_as_the_first() throws Exception {
    define("crm_Wreck", attribute("String", "crm_Code", ""), attribute("Memo", "crm_Log", ""));
    String key = "{\"SchemaName\":\"crm_ByCode\",\"KeyAttributes\":[\"crm_code\"]}";
    service.done("POST", definition("crm_wreck") + "/Keys", key);
    service.done("POST", "GlobalOptionSetDefinitions", "{\"Name\":\"crm_Wreckage\"}");
    String type = service.pathOf(service.done("PUT", definition("crm_wreck"), "{}"));

    for (String path :
        List.of(
            definition("crm_wreck") + "/Keys(LogicalName='crm_bycode')",
            definition("crm_wreck") + "/Attributes(LogicalName='crm_log')",
            "GlobalOptionSetDefinitions(Name='crm_Wreckage')",
            type)) {
      String[] attempt = {"Idempotency-Key", UUID.randomUUID().toString()};
      var first = service.done("DELETE", path, "", attempt);
      var again = service.done("DELETE", path, "", attempt);

      assertThat(header(again, "Rowstream-Position"))
          .as(path)
          .isEqualTo(header(first, "Rowstream-Position"));
      assertThat(service.send("DELETE", path, "").statusCode()).as(path).isEqualTo(404);
    }
  }
}
