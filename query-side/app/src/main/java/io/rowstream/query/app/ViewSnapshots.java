package io.rowstream.query.app;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.CurrentRecords.Rows;
import io.rowstream.query.projections.entitytypes.EntityTypes;
import io.rowstream.query.push.Snapshots;
import io.rowstream.query.push.WatchFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records as they were at a position: from the projection's rows, which are at that position or
/// beyond, and from the log those that have changed since. Thread-safe; callers wait.
///
/// Pages go by entity type and, within one, by id: in PostgreSQL's order where all records are
/// wanted, in Java's where some are. No row ever disappears, so a page goes on behind the last
/// record of the one before whatever has happened in between.
final class ViewSnapshots implements Snapshots {
  private final CurrentRecords records;
  private final RecordLog log;
  private final EntityTypes types;
  private final Duration positionWait;

  ViewSnapshots(CurrentRecords records, RecordLog log, EntityTypes types, Duration positionWait) {
    this.records = records;
    this.log = log;
    this.types = types;
    this.positionWait = positionWait;
  }

  @Override
  public List<Item> page(WatchFilter filter, @Nullable RecordRef after, long position, int limit) {
    awaitPosition(position);
    var items = new ArrayList<Item>(limit);
    for (String type : entityTypes(filter)) {
      if (after == null || type.compareTo(after.entityType()) >= 0) {
        UUID afterId = after != null && type.equals(after.entityType()) ? after.id() : null;
        add(filter, type, afterId, position, limit, items);
        if (items.size() == limit) {
          break;
        }
      }
    }
    return items;
  }

  private void awaitPosition(long position) {
    try {
      if (!records.await(position, positionWait)) {
        throw behind(position);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw behind(position);
    }
  }

  private static LogUnreadableException behind(long position) {
    return new LogUnreadableException(
        "the current records do not include position " + position,
        new IllegalStateException("the projection is behind"));
  }

  private SortedSet<String> entityTypes(WatchFilter filter) {
    var names = new TreeSet<>(filter.entityTypes());
    filter.records().forEach(record -> names.add(record.entityType()));
    if (names.isEmpty()) {
      types.all().stream().map(EntityType::name).forEach(names::add);
    }
    return names;
  }

  private void add(
      WatchFilter filter,
      String type,
      @Nullable UUID after,
      long position,
      int limit,
      List<Item> items) {
    boolean all = filter.entityTypes().contains(type) || filter.records().isEmpty();
    if (all) {
      addAll(type, after, position, limit, items);
      return;
    }
    filter.records().stream()
        .filter(record -> record.entityType().equals(type))
        .filter(record -> after == null || record.id().compareTo(after) > 0)
        .sorted()
        .flatMap(record -> log.stateAsOfPosition(record, position).stream())
        .filter(state -> !state.deleted())
        .limit(limit - items.size())
        .forEach(state -> items.add(item(state)));
  }

  private void addAll(
      String type, @Nullable UUID after, long position, int limit, List<Item> items) {
    UUID last = after;
    List<RecordState> states;
    do {
      states = rows(type, last, position, limit);
      for (RecordState state : states) {
        last = state.record().id();
        asOf(state, position).map(ViewSnapshots::item).ifPresent(items::add);
        if (items.size() == limit) {
          return;
        }
      }
    } while (states.size() == limit);
  }

  private List<RecordState> rows(String type, @Nullable UUID after, long position, int limit) {
    try {
      Rows rows = records.rows(type, after, limit);
      if (rows.position() < position) {
        throw behind(position);
      }
      return rows.states();
    } catch (RefusedException away) {
      throw new LogUnreadableException("the current records cannot be read", away);
    }
  }

  private Optional<RecordState> asOf(RecordState state, long position) {
    return Optional.of(state)
        .filter(row -> row.position() <= position)
        .or(() -> log.stateAsOfPosition(state.record(), position))
        .filter(then -> !then.deleted());
  }

  private static Item item(RecordState state) {
    return new Item(state.record(), state.version(), state.values());
  }
}
