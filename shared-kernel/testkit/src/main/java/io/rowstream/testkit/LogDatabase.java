package io.rowstream.testkit;

import io.rowstream.eventlog.LogSchema;
import java.net.URI;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of its own for one test, with an empty log in it; dropped on close.
public final class LogDatabase implements AutoCloseable {
  private final TestDatabase database;

  private LogDatabase(TestDatabase database) {
    this.database = database;
  }

  public static LogDatabase create() {
    var database = TestPostgres.shared().newDatabase();
    LogSchema.migrate(database.dataSource());
    return new LogDatabase(database);
  }

  /// Opens a new connection of the superuser each time it is asked for one.
  public DataSource owner() {
    return database.dataSource();
  }

  /// Opens a new connection that may only read each time it is asked for one.
  public DataSource reader() {
    return reader(server().getHost(), server().getPort());
  }

  /// The same, through a proxy in front of the server, which may be another host's.
  public DataSource reader(TcpProxy proxy) {
    return reader("localhost", proxy.port());
  }

  private DataSource reader(String host, int port) {
    return readerOf(
        "jdbc:postgresql://" + host + ":" + port + server().getPath(),
        database.user(),
        database.password());
  }

  /// Opens a new connection that may only read each time it is asked for one.
  public static DataSource readerOf(String jdbcUrl, String user, String password) {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    source.setOptions("-c role=" + LogSchema.READER);
    return source;
  }

  public LogWriter writer() {
    return new LogWriter(owner());
  }

  /// The address of the database, without user and password.
  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  public String user() {
    return database.user();
  }

  public String password() {
    return database.password();
  }

  /// A port in front of the server.
  public TcpProxy proxy() {
    return TcpProxy.to(server().getHost(), server().getPort());
  }

  /// Runs one statement as the superuser.
  public void execute(String sql) {
    try (var connection = owner().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException("not done: " + sql, failure);
    }
  }

  private URI server() {
    return URI.create(database.jdbcUrl().substring("jdbc:".length()));
  }

  @Override
  public void close() {
    database.close();
  }
}
