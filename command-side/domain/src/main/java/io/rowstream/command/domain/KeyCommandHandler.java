package io.rowstream.command.domain;

import io.rowstream.command.domain.Claims.Standing;
import io.rowstream.command.domain.RecordsHeld.Held;
import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ClaimKeyValues;
import io.rowstream.language.command.Decided;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Definition;
import io.rowstream.language.event.ClaimEvent.Claimed;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;

/// Claims, for records that are there, what a key that came later says is theirs alone.
public final class KeyCommandHandler {
  private final EntityTypes types;
  private final RecordsHeld records;
  private final Claims claims;

  public KeyCommandHandler(EntityTypes types, RecordsHeld records, Claims claims) {
    this.types = types;
    this.records = records;
    this.claims = claims;
  }

  @CommandHandler
  Decided handle(ClaimKeyValues command) {
    var restsOn = new HashMap<RecordRef, Long>();
    Definition definition = types.find(command.entityType());
    restsOn.put(definition.stream(), definition.version());
    AlternateKey key = pending(definition, command);
    Map<RecordRef, RecordRef> wanted = wanted(command, key, restsOn);
    if (!wanted.isEmpty()) {
      var standing = claims.standing(wanted.keySet());
      wanted.forEach((claim, record) -> {
        Standing found = standing.get(claim);
        RecordRef holder = found == null ? null : found.holder();
        long version = found == null ? RowVersion.NONE : found.version();
        if (holder == null) {
          claims.record(claim, version + 1, new Claimed(record));
          return;
        }
        restsOn.put(claim, version);
        if (!holder.equals(record)) {
          throw duplicate(command, record, holder, restsOn);
        }
      });
    }
    return new Decided(List.of(), restsOn, Map.of());
  }

  private static AlternateKey pending(Definition definition, ClaimKeyValues command) {
    if (definition.type() != null) {
      for (AlternateKey key : definition.type().keys()) {
        if (key.name().equals(command.key())
            && key.since() == command.since()
            && key.status() == AlternateKey.Status.PENDING) {
          return key;
        }
      }
    }
    throw new RefusedException(
        new Refusal.NotDefined(command.entityType(), command.key()),
        Map.of(definition.stream(), definition.version()));
  }

  /// @return who wants which claim
  private Map<RecordRef, RecordRef> wanted(
      ClaimKeyValues command, AlternateKey key, Map<RecordRef, Long> restsOn) {
    var wanted = new LinkedHashMap<RecordRef, RecordRef>();
    for (Held each : records.of(command.entityType(), command.records())) {
      restsOn.put(each.record(), each.version());
      RecordRef claim =
          each.state().exists()
              ? Claim.onKey(command.entityType(), key, each.state().values())
              : null;
      RecordRef twin = claim == null ? null : wanted.put(claim, each.record());
      if (twin != null) {
        throw duplicate(command, each.record(), twin, restsOn);
      }
    }
    return wanted;
  }

  private static RefusedException duplicate(
      ClaimKeyValues command, RecordRef record, RecordRef holder, Map<RecordRef, Long> restsOn) {
    var refusal = new Refusal.DuplicateKey(command.entityType(), command.key(), holder);
    int member = command.records().indexOf(record.id());
    return new RefusedException(new Refusal.MemberRefused(member, refusal), restsOn);
  }
}
