package io.rowstream.query.app;

import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.json.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Answers about the service itself: which sets there are, and who is asking. Thread-safe.
final class ServiceDocuments {
  private static final String NO_ID = new UUID(0, 0).toString();

  private final EntitySetColumns sets;

  ServiceDocuments(EntitySetColumns sets) {
    this.sets = sets;
  }

  Answer sets(ReadRequest request) {
    return Answer.json(
        object(json -> {
          json.writeStringProperty("@odata.context", request.root().url() + "$metadata");
          json.writeArrayPropertyStart("value");
          for (EntityType type : sets.types()) {
            json.writeStartObject();
            json.writeStringProperty("name", type.setName());
            json.writeStringProperty("kind", "EntitySet");
            json.writeStringProperty("url", type.setName());
            json.writeEndObject();
          }
          json.writeEndArray();
        }));
  }

  /// There is one business unit and one organization; they have no ids of their own.
  Answer whoAmI(ReadRequest request, UUID caller) {
    return Answer.json(
        object(json -> {
          json.writeStringProperty(
              "@odata.context",
              request.root().url() + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
          json.writeStringProperty("BusinessUnitId", NO_ID);
          json.writeStringProperty("UserId", caller.toString());
          json.writeStringProperty("OrganizationId", NO_ID);
        }));
  }

  private static byte[] object(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
