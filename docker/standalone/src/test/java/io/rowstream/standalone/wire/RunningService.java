package io.rowstream.standalone.wire;

import io.rowstream.eventlog.LogHead;
import io.rowstream.standalone.RowstreamApplication;
import io.rowstream.testkit.TestDatabase;
import io.rowstream.testkit.TestPostgres;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The service with its sample data, on a port and a database of its own.
final class RunningService implements AutoCloseable {
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final ConfigurableApplicationContext service =
      SpringApplication.run(
          RowstreamApplication.class,
          "--server.port=0",
          "--rowstream.postgres.url=" + database.jdbcUrl(),
          "--rowstream.postgres.user=" + database.user(),
          "--rowstream.postgres.password=" + database.password());

  int port() {
    return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  DataSource log() {
    return database.dataSource();
  }

  /// The position of the last event in the log.
  long position() {
    try (var connection = log().getConnection()) {
      return LogHead.read(connection).position();
    } catch (SQLException failure) {
      throw new IllegalStateException("the log's head cannot be read", failure);
    }
  }

  /// Sends octets over a connection of their own and reads the one answer.
  WireAnswer answer(byte[] request) {
    try (var connection = new WireConnection(port())) {
      connection.send(request);
      return connection.read(WireRequest.isHead(request));
    }
  }

  @Override
  public void close() {
    service.close();
    database.close();
  }
}
