package io.rowstream.eventlog;

import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The PostgreSQL that holds the log, and a user who may act as the log's roles.
public record LogDatabase(String url, String user, String password) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Connections without a pool. One that is silent for longer than `answerTimeout` is given up.
  public DataSource connections(String applicationName, Duration answerTimeout) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    dataSource.setApplicationName(applicationName);
    dataSource.setTcpKeepAlive(true);
    dataSource.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
    dataSource.setSocketTimeout((int) answerTimeout.toSeconds());
    return dataSource;
  }

  @Override
  public String toString() {
    return "LogDatabase[" + user + "]";
  }
}
