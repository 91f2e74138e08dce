package io.rowstream.query.projections.current;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads of many records, each of one moment, over a bounded number of connections. Thread-safe.
final class ListReads implements AutoCloseable {
  private final CurrentRecordsProjection projection;
  private final CurrentRecordsSettings settings;
  private final HikariDataSource connections;

  /// @param database connections, not from a pool, of a user who may act as [LogSchema#READER]
  ListReads(
      DataSource database, CurrentRecordsProjection projection, CurrentRecordsSettings settings) {
    this.projection = projection;
    this.settings = settings;
    connections = pool(database, settings);
  }

  private static HikariDataSource pool(DataSource database, CurrentRecordsSettings settings) {
    var pool = new HikariConfig();
    pool.setPoolName("lists");
    pool.setDataSource(database);
    pool.setMaximumPoolSize(settings.listConnectionsMax());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(Math.max(250, settings.listConnectionWait().toMillis()));
    pool.setInitializationFailTimeout(-1);
    // What takes several statements is of one moment.
    pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool.setConnectionInitSql(
        """
        SET ROLE %s; SET default_transaction_read_only = on; SET statement_timeout = %d;
        SET plan_cache_mode = force_custom_plan; SET jit = off\
        """
            .formatted(LogSchema.READER, settings.statementTimeout().toMillis()));
    return new HikariDataSource(pool);
  }

  /// @param <T> what is read
  interface Reading<T> {
    T in(Connection connection) throws SQLException;
  }

  /// What was read, or null and the position to wait for.
  record Attempt<T>(@Nullable T answer, long head) {}

  /// @param <T> what is read
  interface FreshReading<T> {
    /// @param behindMax gives nothing where the projection is 1 to that many events behind
    Attempt<T> in(Connection connection, int behindMax) throws SQLException;
  }

  /// @param <T> what is read
  interface StandingReading<T> {
    /// @param standing of the records in this transaction
    T in(Connection connection, Standing standing) throws SQLException;
  }

  /// A reading that first asks where the projection stands.
  static <T> FreshReading<T> standingFirst(StandingReading<T> reading) {
    return ofOneMoment((connection, behindMax) -> {
      var standing = ReadStanding.run(connection);
      return new Attempt<>(
          standing.isBehind(behindMax) ? null : reading.in(connection, standing),
          standing.logPosition());
    });
  }

  /// A reading whose statements all see the same.
  static <T> FreshReading<T> ofOneMoment(FreshReading<T> reading) {
    return (connection, behindMax) -> inTransaction(connection, c -> reading.in(c, behindMax));
  }

  /// Reads records that have what was in the log before the call, unless the projection does not
  /// catch up in time.
  <T> T upToDate(FreshReading<T> reading) {
    Attempt<T> first = read(connection -> reading.in(connection, settings.catchUpEventsMax()));
    if (first.answer != null) {
      return first.answer;
    }
    try {
      projection.await(first.head, settings.catchUpWait());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return requireNonNull(read(connection -> reading.in(connection, 0)).answer);
  }

  /// Reads records as far as the projection is.
  <T> T asTheyAre(Reading<T> reading) {
    return read(connection -> inTransaction(connection, reading));
  }

  private static <T> T inTransaction(Connection connection, Reading<T> reading)
      throws SQLException {
    connection.setAutoCommit(false);
    T answer = reading.in(connection);
    connection.commit();
    return answer;
  }

  private <T> T read(Reading<T> reading) {
    try (var connection = connections.getConnection()) {
      return reading.in(connection);
    } catch (SQLTransientConnectionException _) {
      throw busy("no connection to the database is free");
    } catch (SQLException failure) {
      throw refused(failure);
    }
  }

  private static RuntimeException refused(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "22" -> new BadQueryException("a value in the query is out of range");
      case "57" ->
          busy(
              state.equals("57014")
                  ? "the query takes too long; narrow it down"
                  : "the database is away");
      case "08", "53" -> busy("the database is away");
      default -> new IllegalStateException("records could not be listed", failure);
    };
  }

  private static RefusedException busy(String reason) {
    return new RefusedException(new Refusal.TooBusy(reason));
  }

  @Override
  public void close() {
    connections.close();
  }
}
