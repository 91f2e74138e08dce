package io.rowstream.eventlog;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The log's tables, their privileges, and the two roles that use them.
public final class LogSchema {

  /// The role that appends: it may insert events, and neither change nor remove one.
  public static final String WRITER = "rowstream_writer";

  /// The role that reads.
  public static final String READER = "rowstream_reader";

  /// The channel that is told the head's position once per commit.
  public static final String CHANNEL = "rowstream";

  /// The oldest PostgreSQL with all that is used here.
  private static final int VERSION_MIN = 15;

  private LogSchema() {}

  /// Brings the log's tables up to date.
  ///
  /// @param owner connections of a user who may create schemas and roles
  /// @throws IllegalStateException if the server is older than PostgreSQL 15
  public static void migrate(DataSource owner) {
    requireVersion(owner);
    Flyway.configure()
        .dataSource(owner)
        .schemas("log")
        .table("migration")
        .locations("classpath:io/rowstream/eventlog/schema")
        .load()
        .migrate();
  }

  private static void requireVersion(DataSource owner) {
    try (var connection = owner.getConnection()) {
      var server = connection.getMetaData();
      if (server.getDatabaseMajorVersion() < VERSION_MIN) {
        throw new IllegalStateException(
            "PostgreSQL %d or later is needed; this is %s"
                .formatted(VERSION_MIN, server.getDatabaseProductVersion()));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the database cannot be asked for its version", failure);
    }
  }

  /// Gives up, on this connection, every right but those of `role`.
  public static void actAs(String role, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET ROLE " + statement.enquoteIdentifier(role, true));
    }
  }
}
