package io.rowstream.query.projections.history;

import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.RecordEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What has happened to all records, read from the log a bounded piece at a time. Thread-safe;
/// callers wait for PostgreSQL.
///
/// Positions are dense and commit times follow them, so a time leads to its position by halving.
public final class AuditTrail {

  /// The most entries on one page.
  public static final int PAGE_SIZE_MAX = 1_000;

  /// The most events looked at for one page: what it does not come to, the next page does.
  public static final int EVENTS_LOOKED_AT_MAX = 20_000;

  private final DataSource reader;

  /// @param reader connections that may read the log
  public AuditTrail(DataSource reader) {
    this.reader = reader;
  }

  /// What happened to one record at one version.
  public record Audit(RecordRef record, History.Entry entry) {
    public UUID id() {
      return AuditId.of(record, entry.version(), entry.position());
    }
  }

  /// Which entries, in what order.
  ///
  /// @param object the id of the record; null for any
  /// @param from inclusive
  /// @param until exclusive
  /// @param next the position at which the page goes on; null for the first page
  public record Query(
      @Nullable UUID object,
      Instant from,
      Instant until,
      boolean newestFirst,
      @Nullable Long next,
      Predicate<Audit> matches) {}

  /// @param next the position at which the following page goes on; null on the last page
  public record Page(List<Audit> audits, @Nullable Long next) {
    public Page {
      audits = List.copyOf(audits);
    }
  }

  /// @param limit 1 to [#PAGE_SIZE_MAX]
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Page page(Query query, int limit) {
    if (limit < 1 || limit > PAGE_SIZE_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + PAGE_SIZE_MAX + " entries");
    }
    return read("the audit trail", connection -> page(connection, query, limit));
  }

  private static Page page(Connection connection, Query query, int limit) throws SQLException {
    long end = LogHead.read(connection).position();
    long first = firstNotBefore(connection, query.from, end);
    long last = firstNotBefore(connection, query.until, end) - 1;
    if (query.next != null) {
      first = query.newestFirst ? first : Math.max(first, query.next);
      last = query.newestFirst ? Math.min(last, query.next) : last;
    }
    var found = new ArrayList<Audit>();
    int looked = 0;
    while (first <= last && looked < EVENTS_LOOKED_AT_MAX) {
      var events =
          ReadTrail.run(connection, query.object, first, last, query.newestFirst, PAGE_SIZE_MAX);
      for (LoggedEvent event : events) {
        if (found.size() == limit) {
          return new Page(found, event.position());
        }
        audit(event).filter(query.matches).ifPresent(found::add);
      }
      if (events.size() < PAGE_SIZE_MAX) {
        return new Page(found, null);
      }
      looked += events.size();
      first = query.newestFirst ? first : events.getLast().position() + 1;
      last = query.newestFirst ? events.getLast().position() - 1 : last;
    }
    return new Page(found, first > last ? null : query.newestFirst ? last : first);
  }

  /// The entry with this id; empty if there is none.
  ///
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Optional<Audit> find(UUID id) {
    long position = AuditId.position(id);
    List<LoggedEvent> events =
        read(
            "an audit", connection -> ReadTrail.run(connection, null, position, position, true, 1));
    return events.stream()
        .map(AuditTrail::audit)
        .flatMap(Optional::stream)
        .filter(audit -> audit.id().equals(id))
        .findFirst();
  }

  /// The position of the first event committed at `time` or later; one after the last if none was.
  private static long firstNotBefore(Connection connection, Instant time, long end)
      throws SQLException {
    long low = time.equals(Instant.MAX) ? end + 1 : 1;
    long high = time.equals(Instant.MIN) ? low : end + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (ReadTrail.committedOn(connection, middle).isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Optional<Audit> audit(LoggedEvent event) {
    return event.event() instanceof RecordEvent
        ? Optional.of(new Audit(event.record(), History.entry(event)))
        : Optional.empty();
  }

  private interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  private <T> T read(String what, Reading<T> reading) {
    try (var connection = reader.getConnection()) {
      return reading.from(connection);
    } catch (SQLException failure) {
      throw new LogUnreadableException(what, failure);
    }
  }
}
