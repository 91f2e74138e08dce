package io.rowstream.language;

import java.util.UUID;

/// One record: its entity type's logical name and its id, written `contact/6f0d…`.
///
/// Ids are unique within an entity type. A record's events form one stream, named by its reference.
public record RecordRef(String entityType, UUID id) implements Comparable<RecordRef> {

  /// Reads what [#toString] wrote.
  public static RecordRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("expected <entity type>/<id>, found " + text);
    }
    return new RecordRef(text.substring(0, slash), UUID.fromString(text.substring(slash + 1)));
  }

  /// The one order in which several records are locked.
  @Override
  public int compareTo(RecordRef other) {
    int byType = entityType.compareTo(other.entityType);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return entityType + "/" + id;
  }
}
