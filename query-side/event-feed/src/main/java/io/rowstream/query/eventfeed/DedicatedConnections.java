package io.rowstream.query.eventfeed;

import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.eventlog.LogSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens connections that are held for long, with the rights of the reader only.
///
/// They go past the pool: its own retries and liveness checks would hide when the database is away,
/// and a connection held for ever is one the pool never gets back.
final class DedicatedConnections {
  private final DataSource source;
  private final @Nullable HikariDataSource pool;
  private final int timeoutMillis;

  /// @param timeout after which an answer that does not come fails the connection
  DedicatedConnections(DataSource source, Duration timeout) {
    this.source = source;
    this.pool = poolOf(source);
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  private static @Nullable HikariDataSource poolOf(DataSource source) {
    try {
      return source.isWrapperFor(HikariDataSource.class)
          ? source.unwrap(HikariDataSource.class)
          : null;
    } catch (SQLException notSaid) {
      return null;
    }
  }

  /// @param name by which people find the connection in `pg_stat_activity`
  Connection open(String name) throws SQLException {
    var connection = connect();
    try {
      connection.setNetworkTimeout(Runnable::run, timeoutMillis);
      connection.setClientInfo("ApplicationName", name);
      LogSchema.actAs(LogSchema.READER, connection);
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  private Connection connect() throws SQLException {
    if (pool == null) {
      return source.getConnection();
    }
    if (pool.getJdbcUrl() == null) {
      return pool.getDataSource().getConnection();
    }
    var properties = new Properties();
    properties.putAll(pool.getDataSourceProperties());
    var credentials = pool.getCredentials();
    put(properties, "user", credentials.getUsername());
    put(properties, "password", credentials.getPassword());
    var seconds = Integer.toString(timeoutMillis / 1_000);
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(pool.getJdbcUrl(), properties);
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }
}
