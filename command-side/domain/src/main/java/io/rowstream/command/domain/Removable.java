package io.rowstream.command.domain;

import io.rowstream.command.domain.RecordsOfType.Found;
import io.rowstream.language.command.Removal;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.entity.KnownDefinitions;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.Map;
import java.util.Set;

/// Whether an entity type may go.
final class Removable {

  /// Every record says by whom it was made.
  private static final Set<String> NEEDED = Set.of("systemuser");

  private final RecordsOfType records;

  Removable(RecordsOfType records) {
    this.records = records;
  }

  /// @return what has to hold still when it goes
  /// @throws RefusedException if it is needed, a record of it is there, or a lookup of another
  ///   entity type refers to it
  Removal require(String name, KnownDefinitions known) {
    if (NEEDED.contains(name)) {
      throw new RefusedException(inUse(name, "the service itself needs it"));
    }
    for (Definition other : known.byName().values()) {
      if (other.type() != null && !other.name().equals(name)) {
        for (Attribute attribute : other.type().attributes().values()) {
          requireElsewhere(name, attribute, other);
        }
      }
    }
    Found found = records.any(name);
    if (found.record() != null) {
      throw new RefusedException(
          inUse(name, "a record of it is there, " + found.record().id()),
          Map.of(found.record(), found.version()));
    }
    return new Removal(name, found.position(), known.position());
  }

  private static void requireElsewhere(String name, Attribute attribute, Definition of) {
    if (attribute.type() instanceof AttributeType.Lookup(var targets) && targets.contains(name)) {
      throw new RefusedException(
          inUse(name, "the lookup " + attribute.name() + " of " + of.name() + " refers to it"),
          Map.of(of.stream(), of.version()));
    }
  }

  private static Refusal inUse(String name, String reason) {
    return new Refusal.EntityTypeInUse(name, reason);
  }
}
