package io.rowstream.command.domain;

import io.rowstream.command.domain.Claims.Standing;
import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.event.ClaimEvent.Released;
import io.rowstream.language.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What holds beyond one record, checked for all that one command does: alternate keys are unique,
/// lookups refer to records that are there. Asks once, and only if something is at stake.
final class Constraints {
  private final Map<RecordRef, Touched> touched;
  private final Map<RecordRef, KeyUse> taken = new LinkedHashMap<>();
  private final Map<RecordRef, RecordRef> given = new LinkedHashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<Touched> ends = new ArrayList<>();
  private final Map<RecordRef, Long> restsOn = new HashMap<>();
  private Map<RecordRef, Standing> standing = Map.of();

  private record KeyUse(Touched by, AlternateKey key) {}

  private record Reference(Touched by, String lookup, RecordRef target) {}

  /// A constraint does not hold.
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Touched by;
    private final transient Refusal refusal;

    Violation(Touched by, Refusal refusal) {
      super(refusal.getClass().getSimpleName(), null, false, false);
      this.by = by;
      this.refusal = refusal;
    }

    Touched by() {
      return by;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /// @param touched everything the command touches
  Constraints(Map<RecordRef, Touched> touched) {
    this.touched = touched;
    for (Touched each : touched.values()) {
      if (!each.before().equals(each.after())) {
        for (AlternateKey key : each.type().keys()) {
          if (key.status() != AlternateKey.Status.FAILED) {
            compare(each, key);
          }
        }
        each.after().values().forEach((name, value) -> refer(each, name, value));
        if (each.isEnded() || each.isBack()) {
          ends.add(each);
        }
      }
    }
  }

  private void compare(Touched record, AlternateKey key) {
    RecordRef before = Touched.claim(record.type(), key, record.before());
    RecordRef after = Touched.claim(record.type(), key, record.after());
    if (Objects.equals(before, after)) {
      return;
    }
    if (before != null) {
      given.put(before, record.record());
    }
    if (after != null) {
      KeyUse twin = taken.put(after, new KeyUse(record, key));
      if (twin != null) {
        throw duplicate(record, key, twin.by().record());
      }
    }
  }

  private void refer(Touched record, String name, Value value) {
    if (!record.isNewReference(name, value)) {
      return;
    }
    RecordRef target = ((Value.Lookup) value).target();
    Touched here = touched.get(target);
    if (here == null) {
      references.add(new Reference(record, name, target));
    } else if (!here.after().exists()) {
      throw new Violation(record, new Refusal.ReferenceNotFound(record.record(), name, target));
    }
  }

  /// @return the versions of other streams that the decision rests on
  /// @throws Violation if one does not hold; nothing was recorded
  Map<RecordRef, Long> settle(Claims claims) {
    Set<RecordRef> wanted = wanted();
    if (wanted.isEmpty()) {
      return Map.of();
    }
    standing = claims.standing(wanted);
    references.forEach(this::require);
    taken.forEach(this::requireFree);
    taken.forEach((claim, use) -> take(claims, claim, use.by().record()));
    given.forEach((claim, by) -> giveBack(claims, claim, by));
    ends.forEach(record -> recordEnd(claims, record));
    return restsOn;
  }

  private Set<RecordRef> wanted() {
    var wanted = new LinkedHashSet<RecordRef>();
    for (Reference each : references) {
      wanted.add(each.target());
      wanted.add(Claim.onEnd(each.target()));
    }
    wanted.addAll(taken.keySet());
    wanted.addAll(given.keySet());
    ends.forEach(each -> wanted.add(Claim.onEnd(each.record())));
    return wanted;
  }

  private void require(Reference reference) {
    RecordRef end = Claim.onEnd(reference.target());
    if (!standing.containsKey(reference.target()) || holder(end) != null) {
      throw new Violation(
          reference.by(),
          new Refusal.ReferenceNotFound(
              reference.by().record(), reference.lookup(), reference.target()));
    }
    restsOn.put(end, version(end));
  }

  private void requireFree(RecordRef claim, KeyUse use) {
    RecordRef holder = holder(claim);
    if (holder != null && !holder.equals(use.by().record()) && !holder.equals(given.get(claim))) {
      throw duplicate(use.by(), use.key(), holder);
    }
  }

  private static Violation duplicate(Touched by, AlternateKey key, RecordRef holder) {
    return new Violation(by, new Refusal.DuplicateKey(by.type().name(), key.name(), holder));
  }

  private void take(Claims claims, RecordRef claim, RecordRef by) {
    if (by.equals(holder(claim))) {
      restsOn.put(claim, version(claim));
    } else {
      add(claims, claim, new Claimed(by));
    }
  }

  private void giveBack(Claims claims, RecordRef claim, RecordRef by) {
    if (taken.containsKey(claim)) {
      return;
    }
    if (by.equals(holder(claim))) {
      add(claims, claim, new Released());
    } else {
      // A key that is pending may be about to claim it for this record, which lets go of it here.
      restsOn.put(claim, version(claim));
    }
  }

  private void recordEnd(Claims claims, Touched record) {
    add(
        claims,
        Claim.onEnd(record.record()),
        record.isEnded() ? new Claimed(record.record()) : new Released());
  }

  private void add(Claims claims, RecordRef claim, ClaimEvent event) {
    claims.record(claim, version(claim) + 1, event);
  }

  private @Nullable RecordRef holder(RecordRef claim) {
    Standing found = standing.get(claim);
    return found == null ? null : found.holder();
  }

  private long version(RecordRef stream) {
    Standing found = standing.get(stream);
    return found == null ? RowVersion.NONE : found.version();
  }
}
