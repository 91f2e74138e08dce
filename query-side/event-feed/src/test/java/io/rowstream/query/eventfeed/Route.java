package io.rowstream.query.eventfeed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A data source that a test can see being asked and can lead elsewhere.
final class Route extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<DataSource> way;
  private final transient List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final transient List<Connection> opened = new CopyOnWriteArrayList<>();

  /// @param way asked for each connection, on the thread that wants it
  Route(Supplier<DataSource> way) {
    this.way = way;
  }

  /// One try to connect.
  record Attempt(String thread, long nanos) {}

  List<Attempt> attempts() {
    return attempts;
  }

  List<Connection> opened() {
    return opened;
  }

  @Override
  public Connection getConnection() throws SQLException {
    attempts.add(new Attempt(Thread.currentThread().getName(), System.nanoTime()));
    var connection = way.get().getConnection();
    opened.add(connection);
    return connection;
  }
}
