package io.rowstream.standalone.wire;

import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.request.cud.ODataDeleteRequest;
import org.apache.olingo.client.api.communication.request.cud.ODataEntityCreateRequest;
import org.apache.olingo.client.api.communication.request.cud.ODataEntityUpdateRequest;
import org.apache.olingo.client.api.communication.request.cud.UpdateType;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.communication.response.ODataRetrieveResponse;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.jspecify.annotations.Nullable;

/// The contacts of a service, as Olingo's client deals with them.
///
/// @param root of the service, ending in a slash
record OlingoContacts(String root) {
  static final ODataClient CLIENT = ODataClientFactory.getClient();
  static final FullQualifiedName TYPE = new FullQualifiedName("Microsoft.Dynamics.CRM", "contact");
  static final UUID ADVENTURE_WORKS = UUID.fromString("44444444-4444-4444-8444-444444444444");

  private static final String POSITION = "Rowstream-Position";

  URIBuilder uri() {
    return CLIENT.newURIBuilder(root).appendEntitySetSegment("contacts");
  }

  static ClientEntity person(String name, String job) {
    var person = CLIENT.getObjectFactory().newEntity(TYPE);
    person.getProperties().add(property("fullname", name));
    person.getProperties().add(property("jobtitle", job));
    return person;
  }

  private static ClientProperty property(String name, String value) {
    var values = CLIENT.getObjectFactory();
    return values.newPrimitiveProperty(name, values.newPrimitiveValueBuilder().buildString(value));
  }

  static ClientProperty time(String name, String value) {
    var values = CLIENT.getObjectFactory();
    return values.newPrimitiveProperty(
        name,
        values
            .newPrimitiveValueBuilder()
            .setType(EdmPrimitiveTypeKind.DateTimeOffset)
            .setValue(Timestamp.from(Instant.parse(value)))
            .build());
  }

  static String text(ClientEntity entity, String property) {
    return entity.getProperty(property).getPrimitiveValue().toString();
  }

  void bindToAdventureWorks(ClientEntity person) {
    person.addLink(
        CLIENT
            .getObjectFactory()
            .newEntityNavigationLink(
                "parentcustomerid_account",
                CLIENT
                    .newURIBuilder(root)
                    .appendEntitySetSegment("accounts")
                    .appendKeySegment(ADVENTURE_WORKS)
                    .build()));
  }

  ODataEntityCreateRequest<ClientEntity> creation(ClientEntity entity) {
    return CLIENT.getCUDRequestFactory().getEntityCreateRequest(uri().build(), entity);
  }

  /// Creates it and waits until lists have it.
  ///
  /// @return where it is
  URI create(ClientEntity entity) {
    var created = creation(entity).execute();
    var list = listing(uri().top(0).build());
    list.addCustomHeader("Rowstream-Min-Position", created.getHeader(POSITION).iterator().next());
    list.execute().close();
    return URI.create(created.getHeader("OData-EntityId").iterator().next());
  }

  ODataRetrieveResponse<ClientEntity> read(URI contact) {
    return CLIENT.getRetrieveRequestFactory().getEntityRequest(contact).execute();
  }

  /// @param etag null to change it whatever its version is
  ODataEntityUpdateRequest<ClientEntity> change(URI contact, @Nullable String etag, String job) {
    var changed = CLIENT.getObjectFactory().newEntity(TYPE);
    changed.getProperties().add(property("jobtitle", job));
    var request =
        CLIENT.getCUDRequestFactory().getEntityUpdateRequest(contact, UpdateType.PATCH, changed);
    if (etag != null) {
      request.setIfMatch(etag);
    }
    return request;
  }

  ODataDeleteRequest deletion(URI contact, String etag) {
    var request = CLIENT.getCUDRequestFactory().getDeleteRequest(contact);
    request.setIfMatch(etag);
    return request;
  }

  ODataEntitySetRequest<ClientEntitySet> listing(URI uri) {
    return CLIENT.getRetrieveRequestFactory().getEntitySetRequest(uri);
  }

  ClientEntitySet list(URI uri) {
    return listing(uri).execute().getBody();
  }

  String count(URI uri) {
    return CLIENT.getRetrieveRequestFactory().getValueRequest(uri).execute().getBody().toString();
  }
}
