package io.rowstream.query.push;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Gives the feed's listener other connections than everybody else.
final class SplitSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  private final transient DataSource others;
  private final transient DataSource listeners;

  SplitSource(DataSource others, DataSource listeners) {
    this.others = others;
    this.listeners = listeners;
  }

  @Override
  public Connection getConnection() throws SQLException {
    boolean listener = Thread.currentThread().getName().equals("rowstream-listener");
    return (listener ? listeners : others).getConnection();
  }
}
