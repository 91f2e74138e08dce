package io.rowstream.query.projections.history;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has happened to one record, read from the log page by page. Thread-safe; the versions of a
/// record are dense and never change, so pages neither overlap nor miss anything.
public final class History {

  /// The most changes on one page.
  public static final int PAGE_SIZE_MAX = 1_000;

  /// The most versions looked at for one page of an attribute's changes.
  public static final int VERSIONS_LOOKED_AT_MAX = 20_000;

  private final RecordLog log;

  public History(RecordLog log) {
    this.log = log;
  }

  /// What kind of thing happened.
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    RESTORE
  }

  /// One change.
  ///
  /// @param restoredFrom the version a restored record has the values of; null otherwise
  /// @param merged whether the sender had missed earlier changes and touched none of them
  /// @param forced whether the sender overwrote without regard to the version
  /// @param overwrote attributes whose latest change the sender had not seen
  public record Entry(
      long version,
      long position,
      Instant on,
      UUID by,
      String commandId,
      @Nullable String clientId,
      Operation operation,
      Map<String, Change> changes,
      @Nullable Long restoredFrom,
      boolean merged,
      boolean forced,
      Set<String> overwrote) {}

  /// Some changes in a row.
  ///
  /// @param next where the next page goes on; null on the last page
  public record Page(List<Entry> entries, @Nullable Long next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// The changes up to version `from`, the latest first.
  ///
  /// @param from not above the record's version
  /// @param limit 1 to [#PAGE_SIZE_MAX]
  public Page newestFirst(RecordRef record, long from, int limit) {
    requirePageSize(limit);
    long before = Math.max(-1, from - limit);
    var entries = read(record, before, (int) (from - before)).reversed();
    return new Page(entries, before < 0 ? null : before);
  }

  /// The changes from version `from` on, the earliest first.
  ///
  /// @param limit 1 to [#PAGE_SIZE_MAX]
  public Page oldestFirst(RecordRef record, long from, int limit) {
    requirePageSize(limit);
    var entries = read(record, from - 1, limit + 1);
    return entries.size() <= limit
        ? new Page(entries, null)
        : new Page(entries.subList(0, limit), from + limit);
  }

  /// The changes of one attribute up to version `from`, the latest first. At most
  /// [#VERSIONS_LOOKED_AT_MAX] versions are looked at: what they do not come to, the next page
  /// does.
  ///
  /// @param from not above the record's version
  /// @param limit 1 to [#PAGE_SIZE_MAX]
  public Page ofAttribute(RecordRef record, String attribute, long from, int limit) {
    requirePageSize(limit);
    var found = new ArrayList<Entry>();
    long next = from;
    long last = Math.max(-1, from - VERSIONS_LOOKED_AT_MAX);
    while (next > last) {
      long before = Math.max(last, next - PAGE_SIZE_MAX);
      for (Entry entry : read(record, before, (int) (next - before)).reversed()) {
        if (entry.changes().containsKey(attribute)) {
          if (found.size() == limit) {
            return new Page(found, entry.version());
          }
          found.add(entry);
        }
      }
      next = before;
    }
    return new Page(found, last < 0 ? null : last);
  }

  private static void requirePageSize(int limit) {
    if (limit < 1 || limit > PAGE_SIZE_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + PAGE_SIZE_MAX + " changes");
    }
  }

  private List<Entry> read(RecordRef record, long before, int limit) {
    return log.eventsOf(record, before, limit).stream().map(History::entry).toList();
  }

  static Entry entry(LoggedEvent logged) {
    if (!(logged.event() instanceof RecordEvent event)) {
      throw new IllegalArgumentException("not a record: " + logged.record());
    }
    return new Entry(
        logged.version(),
        logged.position(),
        logged.committedOn(),
        logged.origin().actor(),
        logged.origin().commandId(),
        logged.origin().clientId(),
        operation(event),
        event.changes(),
        event instanceof RecordRestored restored ? restored.as() : null,
        event.isMerged(),
        event.isForced(),
        event.overwrote());
  }

  private static Operation operation(RecordEvent event) {
    return switch (event) {
      case RecordCreated _ -> Operation.CREATE;
      case RecordUpdated _ -> Operation.UPDATE;
      case RecordDeleted _ -> Operation.DELETE;
      case RecordRestored _ -> Operation.RESTORE;
    };
  }
}
