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

  private LogSchema() {}

  /// Brings the log's tables up to date.
  ///
  /// @param owner connections of a user who may create schemas and roles
  public static void migrate(DataSource owner) {
    Flyway.configure()
        .dataSource(owner)
        .schemas("log")
        .table("migration")
        .locations("classpath:io/rowstream/eventlog/schema")
        .load()
        .migrate();
  }

  /// Gives up, on this connection, every right but those of `role`.
  public static void actAs(String role, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET ROLE " + statement.enquoteIdentifier(role, true));
    }
  }
}
