package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataIT {
  private static final int CONTACTS = 7;
  private static final String TOTAL = "RetrieveTotalRecordCount";

  private static ReadServer server;
  private static long last;

  @BeforeAll
  static void start() {
    server = new ReadServer("rowstream.query.position-wait=300ms");
    server.define(Contacts.CONTACT);
    server.define(Contacts.SYSTEM_USER);
    server.define(Contacts.NOTE);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    for (int i = 0; i < CONTACTS; i++) {
      last = server.create(Contacts.contact(i), Map.of("fullname", Value.text("Ann " + i)));
    }
    last =
        server
            .writer()
            .append(
                Contacts.contact(0),
                new RecordDeleted(Map.of("fullname", Value.text("Ann 0")), false, Set.of()));
    server.awaitCaughtUp(last);
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  void the_metadata_document_is_xml_of_the_types_there_are() {
    var response = server.get("$metadata");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/xml");
    assertThat(header(response, "OData-Version")).isEqualTo("4.0");
    assertThat(response.body())
        .contains(
            "<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\""
                + " Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\">",
            "<EntityType Name=\"contact\">",
            "<NavigationProperty Name=\"parentcustomerid_contact\" Type=\"mscrm.contact\">",
            "<EntitySet Name=\"systemusers\" EntityType=\"Microsoft.Dynamics.CRM.systemuser\"")
        .doesNotContain("Annotation");
    assertThat(server.get("$metadata?annotations=true").body()).contains("Annotation");
    assertThat(server.get("%24metadata").statusCode()).isEqualTo(200);
  }

  @Test
  void the_metadata_document_is_sent_again_only_when_a_definition_changed() {
    String etag = header(server.get("$metadata"), "ETag");

    var again = server.get("$metadata", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(etag);
    assertThat(server.get("$metadata?annotations=true", "If-None-Match", etag).statusCode())
        .isEqualTo(200);

    server.define(
        EntityType.of(
            "crm_late",
            "crm_lates",
            "Late",
            "crm_name",
            new Attribute("crm_name", "Name", new AttributeType.Text(100))));

    Awaitility.await()
        .untilAsserted(() -> {
          var changed = server.get("$metadata", "If-None-Match", etag);
          assertThat(changed.statusCode()).isEqualTo(200);
          assertThat(changed.body()).contains("<EntityType Name=\"crm_late\">");
          assertThat(server.get("EntityDefinitions(LogicalName='crm_late')/IsCustomEntity").body())
              .endsWith("\"value\":true}");
        });
  }

  @Test
  void clients_learn_sets_and_versions_from_entity_definitions() {
    var names = server.get("EntityDefinitions?$select=EntitySetName,LogicalName");
    var checked =
        server.get("EntityDefinitions(LogicalName='note')?$select=IsOptimisticConcurrencyEnabled");

    assertThat(header(names, "Content-Type")).isEqualTo("application/json; odata.metadata=minimal");
    assertThat(names.body())
        .startsWith(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#EntityDefinitions(EntitySetName,LogicalName)\",\"value\":["
                + "{\"EntitySetName\":\"contacts\",\"LogicalName\":\"contact\",\"MetadataId\":\"");
    assertThat(checked.body())
        .contains("/$entity\",\"IsOptimisticConcurrencyEnabled\":false,\"MetadataId\":\"");
  }

  @Test
  void attributes_are_read_one_by_one_by_type_and_expanded() {
    String contact = "EntityDefinitions(LogicalName='contact')";

    assertThat(server.get(contact + "/Attributes(LogicalName='emailaddress1')").body())
        .contains("\"MaxLength\":100");
    assertThat(
            server
                .get(contact + "/Attributes/Microsoft.Dynamics.CRM.LookupAttributeMetadata")
                .body())
        .contains("\"Targets\":[\"account\",\"contact\"]")
        .doesNotContain("emailaddress1");
    assertThat(
            server
                .get(
                    contact
                        + "/Attributes(LogicalName='gendercode')"
                        + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
                        + "?$select=LogicalName&$expand=OptionSet")
                .body())
        .contains("\"Options\":[{\"Value\":1,");
    assertThat(
            server
                .get(contact + "?$select=LogicalName&$expand=Attributes($select=LogicalName),Keys")
                .body())
        .contains("\"LogicalName\":\"versionnumber\"")
        .contains("\"Keys\":[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EntityDefinitions(LogicalName='nothing')",
        "EntityDefinitions(LogicalName='contact')/Attributes(LogicalName='nothing')",
        TOTAL + "(EntityNames=%5B'nothing'%5D)"
      })
  void unknown_names_are_not_found(String path) {
    var response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).startsWith("{\"error\":{\"code\":\"0x80060888\",\"message\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$metadata?$format=json",
        "$metadata?annotations=yes",
        "EntityDefinitions?$select=Nothing",
        "EntityDefinitions?$filter=Nothing%20eq%201",
        "EntityDefinitions?$skip=1",
        "EntityDefinitions?$search=x",
        "EntityDefinitions?$format=json",
        "EntityDefinitions?$unknown=1",
        TOTAL,
        TOTAL + "(EntityNames=%5B%5D)?$top=1",
        TOTAL + "(EntityNames='contact')"
      })
  void what_makes_no_sense_is_refused_as_a_bad_request(String path) {
    var response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":{\"code\":\"0x80060888\",\"message\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOTAL + "(EntityNames=%5B'contact','note'%5D)",
        TOTAL + "(EntityNames=@p1)?@p1=%5B%22contact%22,%22note%22%5D"
      })
  void records_are_counted_exactly(String path) {
    var response = server.get(path, "Rowstream-Min-Position", Long.toString(last));

    assertThat(response.body())
        .isEqualTo(
            "{\"@odata.context\":\""
                + server.root()
                + "$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse\","
                + "\"EntityRecordCountCollection\":{\"Count\":2,\"IsReadOnly\":false,"
                + "\"Keys\":[\"contact\",\"note\"],\"Values\":["
                + (CONTACTS - 1)
                + ",0]}}");
    assertThat(Long.parseLong(header(response, "Rowstream-Position"))).isGreaterThanOrEqualTo(last);
  }

  @Test
  void a_count_waits_for_the_position_it_has_to_include() {
    var response =
        server.get(
            TOTAL + "(EntityNames=%5B'contact'%5D)",
            "Rowstream-Min-Position",
            Long.toString(last + 1_000));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isNotEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contacts?fetchXml=%3Cfetch%3E%3Centity%20name='contact'/%3E%3C/fetch%3E",
        "contacts?$count=true&fetchXml=x"
      })
  void fetch_xml_is_not_implemented_and_says_so(String path) {
    var response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80060888\","
                + "\"message\":\"FetchXML queries are not supported yet.\"}}");
  }
}
