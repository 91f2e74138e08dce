package io.rowstream.standalone;

import io.rowstream.testkit.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bodies that define, as clients of Dataverse write them.
final class Definitions {

  private Definitions() {}

  static String label(String text) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.Label\",\"LocalizedLabels\":[{\"@odata.type\":"
        + "\"Microsoft.Dynamics.CRM.LocalizedLabel\",\"Label\":\""
        + text
        + "\",\"LanguageCode\":1033}]}";
  }

  /// @param attributes beside the primary name, `crm_name`
  static String type(String name, String... attributes) {
    String more = attributes.length == 0 ? "" : "," + String.join(",", attributes);
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.EntityMetadata\",\"SchemaName\":\""
        + name
        + "\",\"DisplayName\":"
        + label("A " + name)
        + ",\"HasNotes\":false,\"HasActivities\":false,\"OwnershipType\":\"UserOwned\",\"Attributes\":["
        + attribute("String", "crm_Name", "\"IsPrimaryName\":true,\"MaxLength\":100")
        + more
        + "]}";
  }

  /// @param members of its kind
  static String attribute(String kind, String name, String members) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM."
        + kind
        + "AttributeMetadata\",\"SchemaName\":\""
        + name
        + "\",\"DisplayName\":"
        + label("The " + name)
        + ",\"RequiredLevel\":{\"Value\":\"None\",\"CanBeChanged\":true}"
        + (members.isEmpty() ? "" : "," + members)
        + "}";
  }

  static String relationship(
      String name, String referenced, String referencing, String lookup, String onDelete) {
    return "{\"@odata.type\":\"Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata\",\"SchemaName\":\""
        + name
        + "\",\"ReferencedEntity\":\""
        + referenced
        + "\",\"ReferencingEntity\":\""
        + referencing
        + "\",\"CascadeConfiguration\":{\"Assign\":\"NoCascade\",\"Delete\":\""
        + onDelete
        + "\"},\"Lookup\":"
        + attribute("Lookup", lookup, "\"AttributeType\":\"Lookup\"")
        + "}";
  }

  static String definition(String name) {
    return "EntityDefinitions(LogicalName='" + name + "')";
  }

  static Map<String, @Nullable Object> json(HttpResponse<String> answer) {
    return Json.object(answer.body());
  }

  static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }
}
