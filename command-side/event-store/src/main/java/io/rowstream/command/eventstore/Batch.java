package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome.Conflict;
import io.rowstream.command.eventstore.AppendOutcome.Referred;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Removal;
import io.rowstream.language.entity.EntityType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Appends that go into one commit, decided one after the other as if each had a commit of its own.
///
/// An append is a member if every stream it was decided on is where the members before it leave
/// that stream; commands whose versions follow on from each other so share a commit, and one that
/// lost to a member is told that member's version.
final class Batch {
  /// Members in order.
  final List<PendingAppend> members = new ArrayList<>();

  /// Those that lose if the members are written.
  final Map<PendingAppend, AppendOutcome> losers = new LinkedHashMap<>();

  /// Those that must wait for the next commit: a member has the same command id.
  final List<PendingAppend> twins = new ArrayList<>();

  /// The version each stream is believed to be at before the batch, in the order they came up.
  final Map<RecordRef, Long> believed = new LinkedHashMap<>();

  /// The version each stream written to is at after the batch.
  final Map<RecordRef, Long> after = new HashMap<>();

  /// The links after the batch, each lookup of a record once, with the number of the event in it.
  final Map<Lookup, NumberedLink> links = new LinkedHashMap<>();

  /// Records that members end, with the position up to which it was seen who refers to them.
  final Map<RecordRef, Long> alone = new LinkedHashMap<>();

  /// Entity types that members remove, in order.
  final List<Removal> removals = new ArrayList<>();

  private final Set<RecordRef> referred = new HashSet<>();
  private final Set<String> commandIds = new HashSet<>();
  private final KnownHeads heads;
  private boolean verified = true;
  private final Map<RecordRef, Long> observed;

  /// One lookup of one record.
  record Lookup(RecordRef record, String name) {}

  /// @param event which event of the batch, counted from 1
  record NumberedLink(@Nullable RecordRef target, int event) {}

  /// @param observed versions read from the log after these appends were decided: where they
  ///   differ, the append has lost
  Batch(List<PendingAppend> appends, KnownHeads heads, Map<RecordRef, Long> observed) {
    this.heads = heads;
    this.observed = observed;
    appends.forEach(this::add);
  }

  private void add(PendingAppend pending) {
    var kept = pending.append().repeatable();
    if (kept != null && commandIds.contains(kept.commandId())) {
      twins.add(pending);
      return;
    }
    for (var decided : pending.append().decidedOn().entrySet()) {
      Conflict conflict = conflict(decided.getKey(), decided.getValue());
      if (conflict != null) {
        losers.put(pending, conflict);
        return;
      }
    }
    for (RecordRef ended : pending.append().alone().keySet()) {
      if (referred.contains(ended)) {
        losers.put(pending, new Referred(ended));
        return;
      }
    }
    Removal removal = pending.append().removal();
    if (removal != null) {
      if (isInUse(removal.entityType())) {
        losers.put(pending, new Referred(EntityType.stream(removal.entityType())));
        return;
      }
      removals.add(removal);
    }
    pending.append().decidedOn().forEach(this::believe);
    addLinks(pending.append());
    if (kept != null) {
      commandIds.add(kept.commandId());
    }
    members.add(pending);
    for (NewEvent event : pending.append().events()) {
      after.put(event.record(), event.version());
    }
  }

  /// Whether a member does something to one of its records, or to any definition.
  private boolean isInUse(String entityType) {
    return after.keySet().stream()
        .map(RecordRef::entityType)
        .anyMatch(written -> written.equals(entityType) || written.equals(EntityType.STREAM));
  }

  private void addLinks(Append append) {
    int before = events();
    for (Append.Link link : append.links()) {
      links.put(
          new Lookup(link.record(), link.lookup()),
          new NumberedLink(link.target(), before + link.event() + 1));
      if (link.target() != null) {
        referred.add(link.target());
      }
    }
    append.alone().forEach((ended, since) -> alone.merge(ended, since, Math::min));
  }

  /// Versions only grow, so one above what the command was decided on is final, however old.
  private @Nullable Conflict conflict(RecordRef stream, long decidedOn) {
    Long within = after.get(stream);
    if (within == null) {
      within = believed.get(stream);
    }
    if (within == null) {
      within = observed.get(stream);
    }
    if (within != null) {
      return within == decidedOn ? null : new Conflict(stream, decidedOn, within);
    }
    Long known = heads.versionOf(stream);
    return known != null && known > decidedOn ? new Conflict(stream, decidedOn, known) : null;
  }

  private void believe(RecordRef stream, long decidedOn) {
    if (after.containsKey(stream) || believed.containsKey(stream)) {
      return;
    }
    believed.put(stream, decidedOn);
    Long known = heads.versionOf(stream);
    verified &= known != null && known == decidedOn;
  }

  /// Whether every believed version is one the writer has seen itself at the known head.
  boolean isVerified() {
    return verified && !believed.isEmpty() && alone.isEmpty() && removals.isEmpty();
  }

  int events() {
    int events = 0;
    for (PendingAppend member : members) {
      events += member.append().events().size();
    }
    return events;
  }
}
