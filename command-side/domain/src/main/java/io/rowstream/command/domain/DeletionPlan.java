package io.rowstream.command.domain;

import io.rowstream.command.domain.Referrers.Referrer;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.language.entity.Relationship.OnDelete;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Who refers to the records that a command may delete, and to those that go with them: found
/// before anything is locked, so that everything is locked in one order.
final class DeletionPlan {

  /// The most records that are changed or deleted with the ones a command names.
  static final int RECORDS_MAX = ChangeSet.MEMBERS_MAX;

  private final EntityTypes types;
  private final Referrers referrers;
  private final Map<RecordRef, List<Tie>> ties = new LinkedHashMap<>();
  private final Map<RecordRef, Long> seenAt = new HashMap<>();
  private final Set<RecordRef> related = new HashSet<>();

  /// A lookup that refers to a record of the plan, and what is to become of it.
  record Tie(RecordRef record, String lookup, OnDelete onDelete) {}

  DeletionPlan(EntityTypes types, Referrers referrers, Collection<RecordCommand> commands) {
    this.types = types;
    this.referrers = referrers;
    for (RecordCommand command : commands) {
      if (command instanceof DeleteRecord) {
        follow(command.record());
      }
    }
  }

  private void follow(RecordRef first) {
    var next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      RecordRef target = next.remove();
      if (ties.containsKey(target)) {
        continue;
      }
      var found = referrers.of(target, RECORDS_MAX + 1);
      seenAt.put(target, found.position());
      var its = new ArrayList<Tie>();
      for (Referrer each : found.referrers()) {
        OnDelete onDelete = onDelete(each, target);
        its.add(new Tie(each.record(), each.lookup(), onDelete));
        related.add(each.record());
        if (onDelete == OnDelete.CASCADE) {
          next.add(each.record());
        }
      }
      ties.put(target, its);
      if (related.size() > RECORDS_MAX) {
        throw new RefusedException(new Refusal.TooManyRelated(first, RECORDS_MAX));
      }
    }
  }

  private OnDelete onDelete(Referrer referrer, RecordRef target) {
    EntityType type = types.find(referrer.record().entityType()).type();
    Relationship relationship =
        type == null ? null : type.relationship(referrer.lookup(), target.entityType());
    return relationship == null ? OnDelete.REMOVE_LINK : relationship.onDelete();
  }

  /// Every record beside those of the commands that may have to be changed or deleted.
  Set<RecordRef> related() {
    return related;
  }

  /// The lookups that refer to a record.
  List<Tie> ties(RecordRef target) {
    return ties.getOrDefault(target, List.of());
  }

  /// The position up to which it was seen who refers to a record of the plan.
  long seenAt(RecordRef target) {
    return Objects.requireNonNull(seenAt.get(target));
  }
}
