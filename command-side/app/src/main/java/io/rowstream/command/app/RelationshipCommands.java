package io.rowstream.command.app;

import io.rowstream.command.app.DefinitionWrites.DefinitionRequest;
import io.rowstream.command.app.DefinitionWrites.Wanted;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.odata.definition.RelationshipPayload;
import io.rowstream.odata.metadata.MetadataIds;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.ResourcePath.Definitions;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;

/// What writes below `RelationshipDefinitions` mean.
record RelationshipCommands(EntityTypeCatalog types) {

  private record Known(EntityType type, Relationship relationship) {}

  Wanted wanted(DefinitionRequest request) {
    Key key = request.steps().getFirst().key();
    int steps = request.steps().size();
    if (key == null) {
      DefinitionCommands.requireMethod(request, steps == 1, HttpMethod.POST);
      var made = RelationshipPayload.forCreate(request.body());
      Relationship relationship = made.relationship();
      return new Wanted(
          made.entityType(),
          new Revision.AddLookup(made.displayName(), relationship),
          place(relationship.name()));
    }
    Known known = known(key);
    String name = known.relationship.name();
    if (request.method().equals(HttpMethod.DELETE) && steps == 1) {
      return new Wanted(known.type.name(), removal(known), null);
    }
    // Behind the key there may be the type it is cast to.
    DefinitionCommands.requireMethod(request, steps <= 2, HttpMethod.PUT);
    var onDelete = RelationshipPayload.forUpdate(known.type, known.relationship, request.body());
    return new Wanted(
        known.type.name(), new Revision.ChangeRelationship(name, onDelete), place(name));
  }

  /// A lookup goes with its relationship, unless it refers to other entity types as well.
  private static Revision removal(Known known) {
    Attribute lookup = known.type.attribute(known.relationship.lookup());
    if (lookup != null
        && lookup.type() instanceof AttributeType.Lookup(var targets)
        && targets.size() > 1) {
      throw new NotSupportedException(
          "A lookup keeps all the entity types it refers to, as long as it is there.");
    }
    return new Revision.RemoveAttribute(known.relationship.lookup());
  }

  private Known known(Key key) {
    List<Known> all =
        types.all().stream()
            .flatMap(type -> type.relationships().stream().map(each -> new Known(type, each)))
            .toList();
    return DefinitionCommands.picked(
        all,
        key,
        Map.of(
            "MetadataId",
            known -> new Literal.Guid(MetadataIds.ofRelationship(known.relationship.name())),
            "SchemaName",
            known -> new Literal.Text(known.relationship.name())),
        () -> new Refusal.EntityTypeNotFound(Definitions.RELATIONSHIPS));
  }

  private static String place(String name) {
    return Definitions.RELATIONSHIPS + "(" + MetadataIds.ofRelationship(name) + ")";
  }
}
