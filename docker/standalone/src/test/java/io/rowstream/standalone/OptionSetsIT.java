package io.rowstream.standalone;

import static io.rowstream.standalone.Definitions.attribute;
import static io.rowstream.standalone.Definitions.definition;
import static io.rowstream.standalone.Definitions.header;
import static io.rowstream.standalone.Definitions.json;
import static io.rowstream.standalone.Definitions.label;
import static io.rowstream.standalone.Definitions.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options that choices of several entity types share, over HTTP.
class OptionSetsIT {
  private static final int INSERTS = 20;
  private static final String PICKLIST = "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata";

  @AutoClose private static final RunningService service = new RunningService();

  @BeforeAll
  static void start() throws Exception {
    create("crm_Known", option(1, "One"));
    service.done(
        "POST", "EntityDefinitions", type("crm_Knower", choice("crm_Of", "Name='crm_Known'")));
  }

  private static HttpResponse<String> create(String name, String... options) throws Exception {
    return service.done(
        "POST",
        "GlobalOptionSetDefinitions",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.OptionSetMetadata\",\"Name\":\""
            + name
            + "\",\"DisplayName\":"
            + label("The " + name)
            + ",\"IsGlobal\":true,\"OptionSetType\":\"Picklist\",\"Options\":["
            + String.join(",", options)
            + "]}");
  }

  private static String option(int number, String label) {
    return "{\"Value\":" + number + ",\"Label\":" + label(label) + "}";
  }

  private static String choice(String name, String key) {
    return attribute(
        "Picklist",
        name,
        "\"GlobalOptionSet@odata.bind\":\"/GlobalOptionSetDefinitions(" + key + ")\"");
  }

  private static String set(String name) {
    return "GlobalOptionSetDefinitions(Name='" + name + "')";
  }

  private static String insert(String target, String label) {
    return "{" + target + ",\"Label\":" + label(label) + "}";
  }

  private static String named(String set) {
    return "\"OptionSetName\":\"" + set + "\"";
  }

  @Test
  void choices_of_two_entity_types_share_options_from_their_making_to_their_end() throws Exception {
    String place = header(create("crm_Colour", option(1, "Red")), "OData-EntityId");
    String id = place.substring(place.indexOf('(') + 1, place.length() - 1);
    assertThat(json(service.read(place.substring(service.root().length()))))
        .containsEntry("Name", "crm_Colour")
        .containsEntry("IsGlobal", true);
    service.done(
        "POST", "EntityDefinitions", type("crm_Car", choice("crm_Paint", "Name='crm_Colour'")));
    service.done("POST", "EntityDefinitions", type("crm_House"));
    service.done("POST", definition("crm_house") + "/Attributes", choice("crm_Door", id));

    assertThat(service.send("POST", "crm_cars", "{\"crm_paint\":2}").statusCode()).isEqualTo(400);
    service.done(
        "POST",
        "UpdateOptionValue",
        "{\"MergeLabels\":true,\"Value\":1," + insert(named("crm_colour"), "Crimson").substring(1));
    service.done(
        "PUT",
        "GlobalOptionSetDefinitions(" + id + ")",
        "{\"Options\":[" + option(2, "Blue") + "]}");

    String car = made("crm_cars", "{\"crm_paint\":2,\"crm_name\":\"Duck\"}");
    made("crm_houses", "{\"crm_door\":1}");
    assertThat(formatted(car, "crm_paint")).isEqualTo("Blue");
    String paint = definition("crm_car") + "/Attributes(LogicalName='crm_paint')";
    var expanded = json(service.read(paint + PICKLIST + "?$expand=GlobalOptionSet,OptionSet"));
    assertThat(Json.at(expanded, "GlobalOptionSet", "MetadataId")).isEqualTo(id);
    assertThat(Json.at(expanded, "OptionSet", "Options", 0, "Label", "UserLocalizedLabel", "Label"))
        .isEqualTo("Crimson");

    var inUse = service.send("DELETE", set("crm_Colour"), "");
    assertThat(inUse.statusCode()).isEqualTo(400);
    assertThat(inUse.body()).contains("0x8004f01f", "'crm_paint'", "'crm_car'");
    service.done("POST", "DeleteOptionValue", "{" + named("crm_Colour") + ",\"Value\":2}");
    assertThat(service.send("POST", "crm_houses", "{\"crm_door\":2}").statusCode()).isEqualTo(400);
    assertThat(json(service.get(car))).as("it keeps what it holds").containsEntry("crm_paint", 2L);
    service.done("PATCH", car, "{\"crm_name\":\"Goose\"}");
    service.done("DELETE", paint, "");
    service.done("DELETE", definition("crm_house") + "/Attributes(LogicalName='crm_door')", "");
    service.done("DELETE", set("crm_Colour"), "");
    assertThat(service.read(set("crm_Colour")).statusCode()).isEqualTo(404);
    assertThat(
            service
                .send("POST", definition("crm_car") + "/Attributes", choice("crm_Paint", id))
                .statusCode())
        .isEqualTo(404);
  }

  private static String made(String set, String body) throws Exception {
    return header(service.done("POST", set, body), "OData-EntityId")
        .substring(service.root().length());
  }

  private static @Nullable Object formatted(String record, String attribute) throws Exception {
    var answer = service.send("GET", record, "", "Prefer", "odata.include-annotations=\"*\"");
    return Json.at(json(answer), attribute + "@OData.Community.Display.V1.FormattedValue");
  }

  @Test
  void two_administrators_who_add_options_at_once_lose_none() throws Exception {
    create("crm_Size");
    service.done(
        "POST", "EntityDefinitions", type("crm_Shirt", choice("crm_Fit", "Name='crm_Size'")));

    var outcomes =
        Rendezvous.race(
            2,
            administrator ->
                () -> {
                  var given = new HashSet<String>();
                  for (int i = 0; i < INSERTS; i++) {
                    if (administrator == 0) {
                      var answer =
                          service.send(
                              "POST", "InsertOptionValue", insert(named("crm_Size"), "i" + i));
                      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                      given.add(String.valueOf(json(answer).get("NewOptionValue")));
                    } else {
                      service.done(
                          "PUT", set("crm_Size"), "{\"Options\":[" + option(i, "p" + i) + "]}");
                    }
                  }
                  return given.size();
                });

    assertThat(Outcome.returned(outcomes)).containsExactlyInAnyOrder(INSERTS, 0);
    String options = "Label\":\"[ip]\\d+\",\"LanguageCode\":1033}]";
    String fit = definition("crm_shirt") + "/Attributes(LogicalName='crm_fit')" + PICKLIST;
    for (String path : new String[] {set("crm_Size"), fit + "/GlobalOptionSet"}) {
      assertThat(service.read(path).body().split(options, -1)).hasSize(2 * INSERTS + 1);
    }
    for (int i = 0; i < INSERTS; i++) {
      service.done("POST", "crm_shirts", "{\"crm_fit\":" + i + "}");
    }
  }

  @Test
  void who_names_a_version_changes_only_that() throws Exception {
    create("crm_Shape");
    String body = "{\"Options\":[" + option(1, "Round") + "]}";

    service.done("PUT", set("crm_Shape"), body, "If-Match", "W/\"0\"");
    var stale = service.send("PUT", set("crm_Shape"), body, "If-Match", "W/\"0\"");

    assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
    assertThat(stale.body()).contains("0x80060882", "\"currentVersion\":1");
  }

  @Test
  void an_option_that_is_inserted_again_under_its_key_has_the_number_it_had() throws Exception {
    create("crm_Taste");
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};

    var first = service.send("POST", "InsertOptionValue", insert(named("crm_Taste"), "Sweet"), key);
    service.send("POST", "InsertOptionValue", insert(named("crm_Taste"), "Sour"));
    var again = service.send("POST", "InsertOptionValue", insert(named("crm_Taste"), "Sweet"), key);

    assertThat(json(first)).containsEntry("NewOptionValue", 100_000_000L);
    assertThat(json(again)).containsEntry("NewOptionValue", 100_000_000L);
  }

  @Test
  void options_of_one_attribute_change_one_by_one_too() throws Exception {
    String own = "\"OptionSet\":{\"Options\":[" + option(7, "Low") + "]}";
    service.done(
        "POST", "EntityDefinitions", type("crm_Risk", attribute("Picklist", "crm_Level", own)));
    String target = "\"EntityLogicalName\":\"crm_risk\",\"AttributeLogicalName\":\"crm_level\"";

    var inserted = service.send("POST", "InsertOptionValue", insert(target, "High"));
    var named =
        service.send("POST", "InsertOptionValue", insert(target + ",\"Value\":8", "Middle"));
    service.done("POST", "DeleteOptionValue", "{" + target + ",\"Value\":7}");

    assertThat(json(inserted)).containsEntry("NewOptionValue", 100_000_000L);
    assertThat(json(named)).containsEntry("NewOptionValue", 8L);
    service.done("POST", "crm_risks", "{\"crm_level\":100000000}");
    assertThat(service.send("POST", "crm_risks", "{\"crm_level\":7}").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PATCH  | 405 | 0x80060888 | GlobalOptionSetDefinitions(Name='crm_Known')   | {}
          POST   | 405 | 0x80060888 | GlobalOptionSetDefinitions(Name='crm_Known')   | {}
          PUT    | 405 | 0x80060888 | GlobalOptionSetDefinitions                     | {}
          DELETE | 405 | 0x80060888 | GlobalOptionSetDefinitions                     | ``
          POST   | 405 | 0x80060888 | GlobalOptionSetDefinitionsX                    | {}
          DELETE | 400 | 0x8004f01f | GlobalOptionSetDefinitions(Name='crm_Known')   | ``
          DELETE | 404 | 0x80040217 | GlobalOptionSetDefinitions(Name='crm_No')      | ``
          PUT    | 404 | 0x80040217 | GlobalOptionSetDefinitions(00000000-0000-4000-8000-000000000000) | {}
          PUT    | 400 | 0x80060888 | GlobalOptionSetDefinitions(LogicalName='a')    | {}
          POST   | 412 | 0x80040237 | GlobalOptionSetDefinitions                     | {"Name":"CRM_KNOWN"}
          POST   | 400 | 0x80048d19 | GlobalOptionSetDefinitions                     | {"Name":"a b"}
          POST   | 400 | 0x80060888 | GlobalOptionSetDefinitions?$select=Name        | {"Name":"a"}
          POST   | 404 | 0x80040217 | EntityDefinitions(LogicalName='account')/Attributes | {"AttributeType":"Picklist","SchemaName":"x","GlobalOptionSet@odata.bind":"GlobalOptionSetDefinitions(Name='crm_No')"}
          PUT    | 400 | 0x80048d19 | EntityDefinitions(LogicalName='crm_knower')/Attributes(LogicalName='crm_of') | {"OptionSet":{"Options":[]}}
          POST   | 501 | 0x80060888 | OrderOption                                    | {}
          POST   | 404 | 0x80040217 | DeleteOptionValue                              | {"OptionSetName":"crm_No","Value":1}
          POST   | 400 | 0x80048d19 | DeleteOptionValue                              | {"OptionSetName":"crm_Known","Value":2}
          POST   | 400 | 0x80048d19 | InsertOptionValue                              | {"OptionSetName":"crm_Known","Value":1,"Label":{"UserLocalizedLabel":{"Label":"x"}}}
          POST   | 404 | 0x80040217 | DeleteOptionValue                              | {"EntityLogicalName":"nosuch","AttributeLogicalName":"a","Value":1}
          POST   | 404 | 0x80040217 | DeleteOptionValue                              | {"EntityLogicalName":"account","AttributeLogicalName":"nosuch","Value":1}
          POST   | 400 | 0x80048d19 | DeleteOptionValue                              | {"EntityLogicalName":"account","AttributeLogicalName":"name","Value":1}
          POST   | 400 | 0x80048d19 | DeleteOptionValue                              | {"EntityLogicalName":"crm_knower","AttributeLogicalName":"crm_of","Value":1}
          """)
  void what_cannot_be_is_refused_and_changes_nothing(
      String method, int status, String code, String path, String body) throws Exception {
    long before = service.position();

    var answer = service.send(method, path, body == null ? "" : body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(service.position()).isEqualTo(before);
  }
}
