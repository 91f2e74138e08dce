package io.rowstream.command.domain;

import io.rowstream.language.command.Revision.SettleKey;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.AlternateKey.Status;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What revisions make of the keys of an entity type.
final class RevisedKeys {

  private RevisedKeys() {}

  static EntityType with(EntityType type, AlternateKey wanted) {
    for (AlternateKey key : type.keys()) {
      if (key.name().equals(wanted.name())) {
        throw new RefusedException(new Refusal.AlreadyDefined(type.name(), wanted.name()));
      }
      if (Set.copyOf(key.attributes()).equals(Set.copyOf(wanted.attributes()))) {
        throw new RefusedException(
            new Refusal.InvalidDefinition(
                type.name(), "the key " + key.name() + " has the same attributes"));
      }
    }
    var keys = new ArrayList<>(type.keys());
    keys.add(wanted);
    return with(type, keys);
  }

  /// What has been settled already stays so.
  static EntityType settled(EntityType type, SettleKey settled) {
    var keys = new ArrayList<>(type.keys());
    keys.replaceAll(key ->
        key.name().equals(settled.name())
                && key.since() == settled.since()
                && key.status() == Status.PENDING
            ? key.since(key.since(), settled.unique() ? Status.ACTIVE : Status.FAILED)
            : key);
    return with(type, keys);
  }

  static EntityType without(EntityType type, String name) {
    var keys = new ArrayList<>(type.keys());
    if (!keys.removeIf(key -> key.name().equals(name))) {
      throw new RefusedException(new Refusal.NotDefined(type.name(), name));
    }
    return with(type, keys);
  }

  private static EntityType with(EntityType type, List<AlternateKey> keys) {
    return type.with(keys.toArray(AlternateKey[]::new));
  }
}
