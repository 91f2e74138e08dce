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
import io.rowstream.language.refusal.Refusal.EntityTypeNotFound;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.Refusal.NotDefined;
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

  /// Looks through the records of every key that is pending. Returns early when interrupted.
  ///
  /// @throws RefusedException if the records keep changing; the next run begins anew
  public void run() {
    for (EntityType type : types.all()) {
      for (AlternateKey key : type.keys()) {
        if (key.status() == AlternateKey.Status.PENDING) {
          activate(type.name(), key);
        }
      }
    }
  }

  private void activate(String entityType, AlternateKey key) {
    List<UUID> page = List.of();
    try {
      long after = 0;
      do {
        var created = records.after(entityType, after, ClaimKeyValues.RECORDS_MAX);
        page = created.stream().map(Created::id).toList();
        if (!created.isEmpty()) {
          send(new ClaimKeyValues(entityType, key.name(), key.since(), page));
          after = created.getLast().position();
        }
      } while (page.size() == ClaimKeyValues.RECORDS_MAX
          && !Thread.currentThread().isInterrupted());
      if (page.size() < ClaimKeyValues.RECORDS_MAX) {
        settle(entityType, key, true);
      }
    } catch (RefusedException e) {
      switch (e.refusal()) {
        case MemberRefused(int member, DuplicateKey duplicate) -> {
          log.warn(
              "Two records have the same values in a key, entityType={} key={} record={} other={}",
              entityType,
              key.name(),
              page.get(member),
              duplicate.holder().id());
          settle(entityType, key, false);
        }
        // Meanwhile the key has gone, or another node has settled it.
        case NotDefined _, EntityTypeNotFound _ -> types.refresh();
        default -> throw e;
      }
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
