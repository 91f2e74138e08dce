package io.rowstream.query.app;

import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.metadata.CsdlDocument;
import io.rowstream.odata.metadata.Definitions;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.ResourcePath;
import java.util.List;
import java.util.UUID;

/// Answers about entity types: `$metadata`, written once for each state of their definitions, and
/// `EntityDefinitions`. Thread-safe.
final class MetadataDocuments {
  private final EntitySetColumns sets;
  private volatile Written written = Written.of(List.of());

  MetadataDocuments(EntitySetColumns sets) {
    this.sets = sets;
  }

  private record Written(List<EntityType> types, Document plain, Document annotated) {
    static Written of(List<EntityType> types) {
      return new Written(types, Document.of(types, false), Document.of(types, true));
    }
  }

  /// @param version changes with the content; not a number that counts up
  private record Document(byte[] xml, long version) {
    static Document of(List<EntityType> types, boolean annotated) {
      byte[] xml = CsdlDocument.write(types, annotated);
      long hash = UUID.nameUUIDFromBytes(xml).getLeastSignificantBits();
      return new Document(xml, hash & Long.MAX_VALUE);
    }
  }

  /// `$metadata`
  Answer document(ReadRequest request) {
    boolean annotated = MetadataQuery.annotations(request.query());
    Written current = current();
    Document document = annotated ? current.annotated : current.plain;
    var answer =
        request.ifNoneMatch().matches(document.version)
            ? Answer.empty(304)
            : Answer.xml(document.xml);
    return answer.with("ETag", ETag.of(document.version));
  }

  // Definitions that have not changed are the same objects, so that comparing them costs little.
  private Written current() {
    var types = sets.types();
    Written known = written;
    if (known.types.equals(types)) {
      return known;
    }
    Written now = Written.of(types);
    written = now;
    return now;
  }

  /// `EntityDefinitions…`, `RelationshipDefinitions…`, `GlobalOptionSetDefinitions…`
  Answer definitions(ReadRequest request, ResourcePath.Definitions path) {
    var query = MetadataQuery.parse(request.query());
    var types = sets.types();
    return Answer.json(Definitions.body(types, sets.optionSets(), path, query, request.root()));
  }
}
