package io.rowstream.query.projections;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.query.projections.current.CurrentRecordsSettings;
import io.rowstream.query.projections.current.ViewSchema;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/// A database of its own with log and views, and what a test starts on it; all of it is stopped and
/// dropped on close.
public final class ViewDatabase implements AutoCloseable {
  private static final Duration CATCH_UP_TIME_MAX = Duration.ofSeconds(30);

  private final LogDatabase database;
  private final Deque<Runnable> started = new ArrayDeque<>();

  private ViewDatabase(LogDatabase database) {
    this.database = database;
  }

  public static ViewDatabase create() {
    var database = LogDatabase.create();
    ViewSchema.migrate(database.owner());
    return new ViewDatabase(database);
  }

  public LogDatabase log() {
    return database;
  }

  public DataSource owner() {
    return database.owner();
  }

  public LogWriter writer() {
    return database.writer();
  }

  public RecordLog recordLog() {
    return new RecordLog(database.reader());
  }

  public EventFeed feed() {
    return closedAtEnd(
        EventFeed.start(database.reader(), EventFeedSettings.DEFAULT), EventFeed::close);
  }

  public CurrentRecordsProjection projection(EventFeed feed) {
    return projection(feed, CurrentRecordsSettings.DEFAULT);
  }

  public CurrentRecordsProjection projection(EventFeed feed, CurrentRecordsSettings settings) {
    return closedAtEnd(
        CurrentRecordsProjection.start(owner(), feed, settings), CurrentRecordsProjection::close);
  }

  public CurrentRecords currentRecords(CurrentRecordsProjection projection) {
    return currentRecords(projection, CurrentRecordsSettings.DEFAULT);
  }

  public CurrentRecords currentRecords(
      CurrentRecordsProjection projection, CurrentRecordsSettings settings) {
    return closedAtEnd(
        new CurrentRecords(owner(), recordLog(), projection, settings), CurrentRecords::close);
  }

  private <T> T closedAtEnd(T part, Consumer<T> close) {
    started.push(() -> close.accept(part));
    return part;
  }

  /// Waits until the projection has all there is in the log.
  public void awaitCaughtUp(CurrentRecordsProjection projection) {
    Awaitility.await("the projection's way to the end of the log")
        .atMost(CATCH_UP_TIME_MAX)
        .pollInterval(Duration.ofMillis(10))
        .until(() ->
            Long.toString(projection.position()).equals(one("SELECT position FROM log.head")));
  }

  /// All rows of `view.record` and the projection's position, as text.
  public List<String> dump() {
    var rows = rows("SELECT r::text FROM view.record r ORDER BY entity_type, id");
    rows.add(one("SELECT p::text FROM view.projection p WHERE name = 'current'"));
    return rows;
  }

  /// The only value of the only row of a query.
  public String one(String sql) {
    return rows(sql).getFirst();
  }

  /// The first column of a query's rows.
  public List<String> rows(String sql) {
    try (var connection = owner().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException failure) {
      throw new IllegalStateException("not read: " + sql, failure);
    }
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().run();
    }
    database.close();
  }
}
