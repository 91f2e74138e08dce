package io.rowstream.odata.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.command.OptionSetRevision.Change;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.definition.OptionAction.Target;
import io.rowstream.odata.metadata.Definitions;
import io.rowstream.odata.metadata.MetadataIds;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionSetPayloadTest {
  private static final OptionSet COLOUR =
      new OptionSet("crm_Colour", "Colour", Map.of(1, "Red", 2, "Blue"));
  private static final UUID ID = MetadataIds.ofOptionSet("crm_Colour");
  private static final GlobalSets SETS = id -> id.equals(ID) ? "crm_Colour" : null;
  private static final Attribute PAINT = new Attribute("paint", "Paint", COLOUR.choice());
  private static final String RED =
      "{\"Value\":1,\"Label\":{\"LocalizedLabels\":[{\"Label\":\"Red\",\"LanguageCode\":1033}]}}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_set_is_made_as_clients_write_it() {
    OptionSet made =
        OptionSetPayload.forCreate(
            bytes(
                """
                {"@odata.type":"Microsoft.Dynamics.CRM.OptionSetMetadata","Name":"crm_Colour",
                 "DisplayName":{"LocalizedLabels":[{"Label":"Colour","LanguageCode":1033}]},
                 "Description":{"LocalizedLabels":[]},"IsGlobal":true,"IsCustomOptionSet":true,
                 "IsManaged":false,"OptionSetType":"Picklist",
                 "Options":[{"Value":null,"Label":{"UserLocalizedLabel":{"Label":"Blue"}}},RED]}
                """
                    .replace("RED", RED)));

    assertThat(made)
        .isEqualTo(
            new OptionSet(
                "crm_Colour", "Colour", Map.of(1, "Red", OptionChange.NUMBER_FIRST, "Blue")));
    assertThat(OptionSetPayload.forCreate(bytes("{\"Name\":\"x\"}")))
        .isEqualTo(new OptionSet("x", "", Map.of()));
  }

  @Test
  void what_is_read_can_be_written_back() {
    var path =
        (ResourcePath.Definitions)
            ResourcePath.parse("GlobalOptionSetDefinitions(Name='crm_Colour')");
    byte[] read =
        Definitions.body(
            List.of(),
            List.of(COLOUR),
            path,
            MetadataQuery.NONE,
            new ServiceRoot("http://h/api/data/v9.2/"));

    assertThat(OptionSetPayload.forUpdate(COLOUR, read))
        .isEqualTo(new Change("Colour", new OptionChange.Put(COLOUR.options())));
    assertThat(OptionSetPayload.forUpdate(COLOUR, bytes("{}"))).isEqualTo(new Change(null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Name\":\"\"}",
        "{\"Name\":\"a b\"}",
        "{\"Name\":1}",
        "{\"Name\":\"a\",\"IsGlobal\":false}",
        "{\"Name\":\"a\",\"OptionSetType\":\"Boolean\"}",
        "{\"Name\":\"a\",\"@odata.type\":\"Microsoft.Dynamics.CRM.BooleanOptionSetMetadata\"}",
        "{\"Name\":\"a\",\"Options\":{}}",
        "{\"Name\":\"a\",\"Options\":[1]}",
        "{\"Name\":\"a\",\"Options\":[{\"Value\":1}]}",
        "{\"Name\":\"a\",\"Options\":[{\"Value\":1.5,\"Label\":{\"UserLocalizedLabel\":{\"Label\":\"x\"}}}]}",
        "{\"Name\":\"a\",\"Options\":[RED,RED]}",
        "{\"Name\":\"a\",\"nosuch\":1}"
      })
  void what_is_no_option_set_is_refused(String body) {
    assertThatThrownBy(() -> OptionSetPayload.forCreate(bytes(body.replace("RED", RED))))
        .isInstanceOfAny(BadRequest.class, RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Name\":\"other\"}",
        "{\"MetadataId\":\"33333333-3333-4333-8333-333333333333\"}",
        "{\"Options\":[{\"Label\":{\"UserLocalizedLabel\":{\"Label\":\"x\"}}}]}"
      })
  void what_a_set_cannot_become_is_refused(String body) {
    assertThatThrownBy(() -> OptionSetPayload.forUpdate(COLOUR, bytes(body)))
        .isInstanceOf(BadRequest.class);
  }

  @Test
  void a_choice_is_bound_to_a_set_by_name_or_id() {
    for (String reference :
        List.of(
            "/GlobalOptionSetDefinitions(Name='crm_Colour')",
            "GlobalOptionSetDefinitions(" + ID + ")",
            "http://h/api/data/v9.2/GlobalOptionSetDefinitions(MetadataId=" + ID + ")")) {
      assertThat(bound(reference, ",\"OptionSet\":null"))
          .as(reference)
          .isEqualTo(new Choice(Map.of(), new GlobalSet("crm_Colour", "")));
    }
  }

  private static Object bound(String reference, String more) {
    return AttributePayload.forCreate(
            "car",
            bytes(
                "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"paint\","
                    + "\"GlobalOptionSet@odata.bind\":\""
                    + reference
                    + "\""
                    + more
                    + "}"),
            SETS)
        .type();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "crm_Colour",
        "/GlobalOptionSetDefinitions",
        "/GlobalOptionSetDefinitions(Name=1)",
        "/GlobalOptionSetDefinitions(LogicalName='crm_Colour')",
        "/GlobalOptionSetDefinitions(Name='crm_Colour')/Options",
        "/GlobalOptionSetDefinitions(33333333-3333-4333-8333-333333333333)",
        "/EntityDefinitions(LogicalName='account')",
        "/GlobalOptionSetDefinitionsX(Name='crm_Colour')",
        "/accounts(33333333-3333-4333-8333-333333333333)"
      })
  void what_refers_to_no_set_is_refused(String reference) {
    assertThatThrownBy(() -> bound(reference, ""))
        .isInstanceOfAny(BadRequest.class, RefusedException.class);
  }

  @Test
  void a_choice_keeps_what_its_options_are() {
    String same = "\"GlobalOptionSet@odata.bind\":\"/GlobalOptionSetDefinitions(" + ID + ")\"";

    assertThat(changed("{" + same + ",\"GlobalOptionSet\":{},\"OptionSet\":{\"IsGlobal\":true}}"))
        .isEqualTo(PAINT);
    String other = same.replace(ID.toString(), "Name='crm_Size'");
    for (String body : List.of("{" + other + "}", "{\"OptionSet\":{\"Options\":[" + RED + "]}}")) {
      assertThatThrownBy(() -> changed(body)).as(body).isInstanceOf(BadRequest.class);
    }
    assertThatThrownBy(() -> bound("/GlobalOptionSetDefinitions(" + ID + ")", ",\"OptionSet\":{}"))
        .isInstanceOf(BadRequest.class);
  }

  private static Attribute changed(String body) {
    return AttributePayload.forUpdate("car", PAINT, bytes(body), false, SETS);
  }

  @Test
  void actions_say_whose_option_becomes_what() {
    String label = "\"Label\":{\"LocalizedLabels\":[{\"Label\":\"Red\",\"LanguageCode\":1033}]}";

    assertThat(
            OptionAction.parse(
                OptionAction.INSERT, bytes("{\"OptionSetName\":\"crm_Colour\"," + label + "}")))
        .isEqualTo(
            new OptionAction(
                new Target.Global("crm_Colour"), new OptionChange.Insert(null, "Red")));
    String own = "\"EntityLogicalName\":\"Car\",\"AttributeLogicalName\":\"Paint\",\"Value\":3";
    var target = new Target.Own("car", "paint");
    assertThat(
            OptionAction.parse(
                OptionAction.UPDATE, bytes("{" + own + ",\"MergeLabels\":false," + label + "}")))
        .isEqualTo(new OptionAction(target, new OptionChange.Relabel(3, "Red")));
    assertThat(
            OptionAction.parse(
                OptionAction.DELETE, bytes("{" + own + ",\"SolutionUniqueName\":\"x\"}")))
        .isEqualTo(new OptionAction(target, new OptionChange.Remove(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          InsertOptionValue | {}
          InsertOptionValue | {"OptionSetName":"a"}
          InsertOptionValue | {"OptionSetName":"a","Label":"x"}
          InsertOptionValue | {"EntityLogicalName":"a","Value":1,"Label":{"UserLocalizedLabel":{"Label":"x"}}}
          UpdateOptionValue | {"OptionSetName":"a","Label":{"UserLocalizedLabel":{"Label":"x"}}}
          UpdateOptionValue | {"OptionSetName":"a","Value":1}
          DeleteOptionValue | {"OptionSetName":"a"}
          DeleteOptionValue | {"OptionSetName":"a","Value":"1"}
          DeleteOptionValue | {"OptionSetName":"a","EntityLogicalName":"b","AttributeLogicalName":"c","Value":1}
          DeleteOptionValue | {"OptionSetName":"a","Value":1,"nosuch":1}
          """)
  void what_is_no_order_is_refused(String action, String body) {
    assertThatThrownBy(() -> OptionAction.parse(action, bytes(body)))
        .isInstanceOf(BadRequest.class);
  }
}
