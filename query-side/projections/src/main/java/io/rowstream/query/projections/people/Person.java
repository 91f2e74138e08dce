package io.rowstream.query.projections.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user of the service.
///
/// @param fullname null if the user has none; for a deleted user the last one
public record Person(UUID id, @Nullable String fullname, boolean deleted) {

  /// The entity type whose records are people.
  public static final String ENTITY_TYPE = "systemuser";

  /// The attribute that says what a person is called.
  public static final String FULLNAME = "fullname";
}
