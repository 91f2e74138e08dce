package io.rowstream.testkit;

import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// An empty database of its own for one test, dropped on close.
public final class TestDatabase implements AutoCloseable {
  private final PostgresAddress address;
  private final String name;

  private TestDatabase(PostgresAddress address, String name) {
    this.address = address;
    this.name = name;
  }

  static TestDatabase create(PostgresAddress address, String name) {
    execute(address, "CREATE DATABASE " + name);
    return new TestDatabase(address, name);
  }

  /// The database's name.
  public String name() {
    return name;
  }

  /// The address of the database, without user and password.
  public String jdbcUrl() {
    return address.jdbcUrl(name);
  }

  /// The superuser.
  public String user() {
    return address.user();
  }

  /// The superuser's password.
  public String password() {
    return address.password();
  }

  /// Opens a new connection each time it is asked for one.
  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user());
    source.setPassword(password());
    return source;
  }

  /// Drops the database and ends the sessions that are still in it; a second call does nothing.
  @Override
  public void close() {
    execute(address, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void execute(PostgresAddress address, String sql) {
    var url = address.jdbcUrl("postgres");
    try (var connection = DriverManager.getConnection(url, address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException("not done: " + sql, failure);
    }
  }
}
