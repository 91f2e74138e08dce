package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.CreatedRecords.Created;
import io.rowstream.language.command.ClaimKeyValues;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision.SettleKey;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal.DuplicateKey;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.Refusal.TooBusy;
import io.rowstream.language.refusal.RefusedException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts keys into force that came when records were there already: claims what those hold, a page
/// at a time, then says that the key is in force, or that two records hold the same.
///
/// What has been claimed is passed over, so that it may be done again after a restart, and by
/// several nodes at once.
public final class KeyActivation {
  private static final Logger log = LoggerFactory.getLogger(KeyActivation.class);

  private final EntityTypeCatalog types;
  private final CreatedRecords records;
  private final DurableCommandGateway gateway;
  private final UUID actor;

  /// @param actor in whose name it is done
  public KeyActivation(
      EntityTypeCatalog types, DataSource reader, DurableCommandGateway gateway, UUID actor) {
    this.types = types;
    this.records = new CreatedRecords(reader);
    this.gateway = gateway;
    this.actor = actor;
  }

  /// Looks through the records of every key that is pending. Returns early when interrupted; what
  /// could not be done is begun anew by the next run.
  public void run() {
    for (EntityType type : types.all()) {
      for (AlternateKey key : type.keys()) {
        if (key.status() == AlternateKey.Status.PENDING) {
          try {
            activate(type.name(), key);
          } catch (RefusedException e) {
            log.warn(
                "A key could not be looked through yet, entityType={} key={} reason={}",
                type.name(),
                key.name(),
                e.refusal().getClass().getSimpleName());
            types.refresh();
          }
        }
      }
    }
  }

  private void activate(String entityType, AlternateKey key) {
    long after = 0;
    while (!Thread.currentThread().isInterrupted()) {
      var created = records.after(entityType, after, ClaimKeyValues.RECORDS_MAX);
      if (!created.isEmpty()) {
        if (!claim(entityType, key, created.stream().map(Created::id).toList())) {
          settle(entityType, key, false);
          return;
        }
        after = created.getLast().position();
      }
      if (created.size() < ClaimKeyValues.RECORDS_MAX) {
        settle(entityType, key, true);
        return;
      }
    }
  }

  /// Claims what some records hold: together, or where they are too busy for that, in halves.
  ///
  /// @return false if one of them holds what another has claimed
  private boolean claim(String entityType, AlternateKey key, List<UUID> page) {
    try {
      send(new ClaimKeyValues(entityType, key.name(), key.since(), page));
      return true;
    } catch (RefusedException e) {
      return switch (e.refusal()) {
        case MemberRefused(int member, DuplicateKey duplicate) -> {
          log.warn(
              "Two records have the same values in a key, entityType={} key={} record={} other={}",
              entityType,
              key.name(),
              page.get(member),
              duplicate.holder().id());
          yield false;
        }
        case TooBusy _ when page.size() > 1 -> {
          int half = page.size() / 2;
          yield claim(entityType, key, page.subList(0, half))
              && claim(entityType, key, page.subList(half, page.size()));
        }
        default -> throw e;
      };
    }
  }

  private void settle(String entityType, AlternateKey key, boolean unique) {
    send(new ReviseEntityType(entityType, new SettleKey(key.name(), key.since(), unique), null));
    types.refresh();
    log.info(
        "A key was looked through, entityType={} key={} unique={}", entityType, key.name(), unique);
  }

  private void send(Command command) {
    gateway.send(command, new CommandHeader(UUID.randomUUID().toString(), false, null, actor));
  }
}
