package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps `view.record` in step with the log: one thread per node takes all events there are, up to
/// a bound, and applies them in one transaction. Thread-safe.
///
/// Nodes do not divide the work. Each tries every step; the transaction moves the position only
/// from where the node believes it is, so one of them takes the step and the others go on from
/// there.
public final class CurrentRecordsProjection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentRecordsProjection.class);

  /// SQL state: the rows do not fit the events that follow.
  private static final String ROWS_MISSING = "RS002";

  private static final Duration IDLE_WAIT = Duration.ofSeconds(1);

  private final DataSource database;
  private final EventFeed feed;
  private final CurrentRecordsSettings settings;
  private final Progress progress = new Progress();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean rebuildWanted;
  private volatile Instant lastSuccess = Instant.now();

  // Touched by the projection's thread only.
  private boolean failing;

  private CurrentRecordsProjection(
      DataSource database, EventFeed feed, CurrentRecordsSettings settings) {
    this.database = database;
    this.feed = feed;
    this.settings = settings;
    thread = Thread.ofPlatform().name("current-records").daemon().unstarted(this::run);
  }

  /// @param database connections of a user who may act as [ViewSchema#PROJECTOR]
  public static CurrentRecordsProjection start(
      DataSource database, EventFeed feed, CurrentRecordsSettings settings) {
    var projection = new CurrentRecordsProjection(database, feed, settings);
    projection.thread.start();
    return projection;
  }

  /// The position this node knows the records to be at; they may be further.
  public long position() {
    return progress.position();
  }

  /// Waits until the records include `position`.
  ///
  /// @return whether they do
  public boolean await(long position, Duration wait) throws InterruptedException {
    return progress.await(position, wait);
  }

  /// Throws all rows away and makes them again from the log. Lists are incomplete until it is done,
  /// and say so by their position; a single record is current all the while.
  public void rebuild() {
    rebuildWanted = true;
  }

  /// Whether a rebuild is still to begin.
  boolean rebuildIsWanted() {
    return rebuildWanted;
  }

  public ProjectionHealth health() {
    long position = progress.position();
    long behind = Math.max(0, feed.position() - position);
    return new ProjectionHealth(thread.isAlive(), position, behind, lastSuccess);
  }

  /// Stops after the step that is being taken.
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      if (!thread.join(settings.statementTimeout().plusSeconds(1))) {
        LOG.warn("the projection of current records did not stop in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void run() {
    try {
      while (isOpen()) {
        tryToFollow();
        if (closed.await(settings.retryPause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      // Only close() interrupts this thread.
    }
  }

  private void tryToFollow() throws InterruptedException {
    try (var connection =
        DedicatedConnection.open(database, ViewSchema.PROJECTOR, settings.statementTimeout())) {
      try (var statement = connection.createStatement()) {
        // What a crash takes from the view is projected again; the log's commits do wait.
        statement.execute("SET synchronous_commit = off");
      }
      while (isOpen()) {
        applyUntilOvertaken(connection, stand(connection));
      }
    } catch (SQLException | RuntimeException failure) {
      failed(failure);
    }
  }

  private void failed(Exception failure) {
    if (failure instanceof SQLException sql && ROWS_MISSING.equals(sql.getSQLState())) {
      LOG.error("the current records do not fit the log and are made again", failure);
      rebuildWanted = true;
    } else if (!failing && isOpen()) {
      LOG.warn("the current records stand still until the projection works again", failure);
    }
    failing = true;
  }

  private void succeeded() {
    lastSuccess = Instant.now();
    if (failing) {
      failing = false;
      LOG.atInfo().addKeyValue("position", position()).log("the current records move on");
    }
  }

  /// Finds out where to go on, and begins anew where there is no going on.
  private long stand(Connection connection) throws SQLException {
    Standing standing = ReadStanding.run(connection);
    if (rebuildWanted || !standing.isOfThisLog()) {
      LOG.atError()
          .addKeyValue("wanted", rebuildWanted)
          .addKeyValue("position", standing.position())
          .addKeyValue("epoch", standing.epoch())
          .addKeyValue("logPosition", standing.logPosition())
          .addKeyValue("logEpoch", standing.logEpoch())
          .log("the current records are made again from the first event");
      ForgetRecords.run(connection, standing);
      rebuildWanted = false;
      standing = ReadStanding.run(connection);
    }
    if (!standing.epoch().equals(feed.epoch())) {
      throw new IllegalStateException(
          "the feed follows epoch %s, the records %s".formatted(feed.epoch(), standing.epoch()));
    }
    progress.moveTo(standing.position());
    return standing.position();
  }

  private void applyUntilOvertaken(Connection connection, long standing)
      throws SQLException, InterruptedException {
    long position = standing;
    while (isOpen() && !rebuildWanted) {
      if (!feed.await(position + 1, IDLE_WAIT)) {
        succeeded();
        continue;
      }
      if (feed.position() - position < settings.batchEventsMax()) {
        progress.awaitDemand(settings.gatherTime());
      }
      List<Unit> units = feed.unitsAfter(position, settings.batchEventsMax());
      long next = units.getLast().position();
      if (!ProjectRecords.run(connection, feed.epoch(), position, next, changes(units))) {
        succeeded();
        return;
      }
      position = next;
      progress.moveTo(position);
      succeeded();
    }
  }

  private static Collection<RowChange> changes(List<Unit> units) {
    var changes = new LinkedHashMap<RecordRef, RowChange>();
    for (var unit : units) {
      for (var event : unit.events()) {
        if (event.event() instanceof RecordEvent) {
          changes.computeIfAbsent(event.record(), _ -> new RowChange(event)).add(event);
        }
      }
    }
    return changes.values();
  }
}
