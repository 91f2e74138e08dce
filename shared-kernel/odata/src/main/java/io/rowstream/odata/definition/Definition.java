package io.rowstream.odata.definition;

import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.function.Supplier;

/// Makes definitions of what a client says, and refusals of what cannot be one.
final class Definition {

  private Definition() {}

  /// @param made of what the client says; the language throws if there can be no such thing
  static <T> T of(String entityType, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          new Refusal.InvalidDefinition(entityType, String.valueOf(e.getMessage())));
    }
  }
}
