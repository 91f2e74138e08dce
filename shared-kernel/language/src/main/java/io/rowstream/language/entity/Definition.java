package io.rowstream.language.entity;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import org.jspecify.annotations.Nullable;

/// What is known of an entity type: what the stream of its definition said at a version.
///
/// @param version of the stream, [RowVersion#NONE] for one without events
/// @param type null if there is none
public record Definition(String name, RecordRef stream, long version, @Nullable EntityType type) {

  public Definition(String name, long version, @Nullable EntityType type) {
    this(name, EntityType.stream(name), version, type);
  }

  /// Of an entity type of which nothing is known.
  public static Definition none(String name) {
    return new Definition(name, RowVersion.NONE, null);
  }
}
