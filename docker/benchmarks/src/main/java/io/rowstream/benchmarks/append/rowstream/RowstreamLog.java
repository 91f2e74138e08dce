package io.rowstream.benchmarks.append.rowstream;

import io.rowstream.command.eventstore.GroupCommit;
import io.rowstream.command.eventstore.GroupCommitSettings;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A log of its own, with its writer.
final class RowstreamLog implements AutoCloseable {
  final DataSource dataSource;
  final GroupCommit groupCommit;

  RowstreamLog(String jdbcUrl) throws SQLException {
    var postgres = new PGSimpleDataSource();
    postgres.setUrl(jdbcUrl);
    dataSource = postgres;
    LogSchema.migrate(dataSource);
    groupCommit = GroupCommit.start(dataSource, GroupCommitSettings.DEFAULT, Clock.systemUTC());
  }

  static RecordRef contact(UUID id) {
    return new RecordRef("contact", id);
  }

  long contactEvents() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM log.event WHERE entity_type = 'contact'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    groupCommit.close();
  }
}
