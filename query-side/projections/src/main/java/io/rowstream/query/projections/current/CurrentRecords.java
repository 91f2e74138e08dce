package io.rowstream.query.projections.current;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.EntityType;
import io.rowstream.query.projections.current.ListReads.FreshReading;
import io.rowstream.query.projections.current.ListReads.StandingReading;
import io.rowstream.query.projections.current.ReadRecords.Found;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The records as they are. One record is always current. Lists have what was in the log before
/// they were asked for, unless the projection does not catch up in time; then they are as far as it
/// is. They say how far. Thread-safe; what it refuses, because the database is away or too much is
/// asked at once, it refuses with [Refusal.TooBusy].
public final class CurrentRecords implements AutoCloseable {
  /// The most records whose texts take turns with single reads, one turn each.
  public static final int CURRENT_TEXTS_MAX = 16;

  private final SharedReads reads;
  private final RecordLog log;
  private final CurrentRecordsProjection projection;
  private final ListReads lists;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param database connections, not from a pool, of a user who may act as [LogSchema#READER]
  /// @param log for records whose rows are far behind
  public CurrentRecords(
      DataSource database,
      RecordLog log,
      CurrentRecordsProjection projection,
      CurrentRecordsSettings settings) {
    this.log = log;
    this.projection = projection;
    reads = new SharedReads(database, settings);
    lists = new ListReads(database, projection, settings);
  }

  /// The record as it is now, deleted or not; empty if it has never been there.
  public Optional<RecordState> byId(RecordRef record) {
    return join(byIdLater(record));
  }

  private static <T> T join(CompletableFuture<T> read) {
    try {
      return read.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  /// The record as it is when the answer is given, which includes every event that was committed
  /// before this call.
  ///
  /// @return completed on a thread that all reads share: what follows on it has to be short
  public CompletableFuture<Optional<RecordState>> byIdLater(RecordRef record) {
    return reads.read(record).thenCompose(found -> complete(record, found));
  }

  private CompletableFuture<Optional<RecordState>> complete(RecordRef record, Found found) {
    return switch (found) {
      case Found.Unreadable unreadable -> CompletableFuture.failedFuture(unreadable.reason());
      case Found.State(@Nullable RecordState state, boolean complete) ->
          complete || state == null
              ? CompletableFuture.completedFuture(Optional.ofNullable(state))
              : CompletableFuture.supplyAsync(() -> withRest(record, state), threads);
    };
  }

  private Optional<RecordState> withRest(RecordRef record, RecordState behind) {
    RecordState state = behind;
    List<LoggedEvent> events;
    do {
      events = log.eventsOf(record, state.version(), ReadRecords.TAIL_EVENTS_MAX);
      state = RecordState.after(state, events).orElse(state);
    } while (events.size() == ReadRecords.TAIL_EVENTS_MAX);
    return Optional.of(state);
  }

  /// @throws BadQueryException if the query makes no sense
  public Page list(PageQuery query) {
    FreshReading<Page> page =
        (connection, behindMax) -> ListRecords.run(connection, query, behindMax);
    return lists.upToDate(query.expansions().isEmpty() ? page : ListReads.ofOneMoment(page));
  }

  /// @throws BadQueryException if the query makes no sense or too many groups
  public Groups groups(GroupQuery query) {
    return lists.upToDate(
        ListReads.standingFirst(
            (connection, standing) -> GroupRecords.run(connection, query, standing.position())));
  }

  /// What is related to some records, and where the projection stood when it was read.
  public record Relations(Expanded expanded, long position) {}

  /// @throws BadQueryException if an expansion makes no sense or leads to too many records
  public Relations related(List<RelatedQuery> expansions, List<RecordState> states) {
    return lists.upToDate(
        ListReads.standingFirst((connection, standing) -> {
          var expanded = new Expanded();
          new ExpandRecords(connection, expanded).run(expansions, states);
          return new Relations(expanded, standing.position());
        }));
  }

  /// A text of each of some records, as far as the projection is, in one statement.
  ///
  /// @param attributes the name of an attribute for each record
  /// @return without the records that are not there or hold no text
  public Map<RecordRef, String> texts(Map<RecordRef, String> attributes) {
    return lists.asTheyAre(connection -> ReadTexts.run(connection, attributes));
  }

  /// A text of each of some records, as the records are when the answer is given; of more than
  /// [#CURRENT_TEXTS_MAX], and of those whose events cannot be understood, as far as the projection
  /// is.
  ///
  /// @param attributes the name of an attribute for each record
  /// @return without the records that are not there or hold no text
  public Map<RecordRef, String> currentTexts(Map<RecordRef, String> attributes) {
    if (attributes.size() > CURRENT_TEXTS_MAX) {
      return texts(attributes);
    }
    var reads = new HashMap<RecordRef, CompletableFuture<Optional<String>>>();
    attributes.forEach((record, attribute) ->
        reads.put(
            record,
            byIdLater(record).thenApply(found -> found.flatMap(state -> text(state, attribute)))));
    var texts = new HashMap<RecordRef, String>();
    var unreadable = new HashMap<>(attributes);
    reads.forEach((record, read) -> {
      try {
        join(read).ifPresent(text -> texts.put(record, text));
        unreadable.remove(record);
      } catch (LogDamagedException _) {
        // Stays among them.
      }
    });
    if (!unreadable.isEmpty()) {
      texts.putAll(texts(unreadable));
    }
    return texts;
  }

  private static Optional<String> text(RecordState state, String attribute) {
    return !state.deleted() && state.values().get(attribute) instanceof Value.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// How many records of a type there are that match.
  ///
  /// @param filter null for all
  public Page.Count count(EntityType type, @Nullable Filter filter) {
    return lists.upToDate(
        ListReads.standingFirst((connection, standing) ->
            new Page.Count(ListRecords.count(connection, type, filter), standing.position())));
  }

  /// What has changed since a position.
  ///
  /// @throws BadQueryException if the query makes no sense
  public Changes changes(ChangesQuery query) {
    StandingReading<Changes> changes =
        (connection, standing) -> ReadChanges.run(connection, query, standing);
    return query.until() == null
        ? lists.upToDate(ListReads.standingFirst(changes))
        : lists.asTheyAre(connection -> changes.in(connection, ReadStanding.run(connection)));
  }

  /// How many records of a type have changed since a position, deleted ones among them.
  ///
  /// @param after exclusive
  public Page.Count countChanges(EntityType type, long after) {
    return lists.upToDate(
        ListReads.standingFirst((connection, standing) ->
            new Page.Count(ReadChanges.count(connection, type, after), standing.position())));
  }

  public Standing standing() {
    return lists.asTheyAre(ReadStanding::run);
  }

  /// Where they stand when they have what was in the log before the call.
  public Standing standingUpToDate() {
    return lists.upToDate(ListReads.standingFirst((_, standing) -> standing));
  }

  /// Some rows, and where the projection stood when they were read.
  public record Rows(List<RecordState> states, long position) {
    public Rows {
      states = List.copyOf(states);
    }
  }

  /// Rows of one entity type in PostgreSQL's order of their ids, deleted ones too.
  ///
  /// @param after the id before the first, null to begin with the first
  /// @param limit 1 to [PageQuery#PAGE_SIZE_MAX]
  public Rows rows(String entityType, @Nullable UUID after, int limit) {
    return lists.asTheyAre(connection ->
        new Rows(
            ScanRecords.run(connection, entityType, after, limit), ReadPosition.run(connection)));
  }

  /// Waits until lists include `position`.
  ///
  /// @return whether they do
  public boolean await(long position, Duration wait) throws InterruptedException {
    return projection.await(position, wait);
  }

  @Override
  public void close() {
    reads.close();
    lists.close();
    threads.close();
  }
}
