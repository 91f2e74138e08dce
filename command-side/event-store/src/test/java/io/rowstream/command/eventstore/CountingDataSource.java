package io.rowstream.command.eventstore;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Counts what is asked of a data source: connections, queries, rows.
final class CountingDataSource {
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger queries = new AtomicInteger();
  final AtomicInteger rows = new AtomicInteger();
  private final DataSource counted;

  CountingDataSource(DataSource counted) {
    this.counted = counted;
  }

  DataSource dataSource() {
    return wrap(DataSource.class, counted);
  }

  void reset() {
    connections.set(0);
    queries.set(0);
    rows.set(0);
  }

  private <T> T wrap(Class<T> type, T target) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          count(method.getName(), target);
          try {
            return wrapped(method.invoke(target, arguments), method.getName());
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void count(String method, Object target) {
    switch (method) {
      case "getConnection" -> {
        if (target instanceof DataSource) {
          connections.incrementAndGet();
        }
      }
      case "executeQuery" -> queries.incrementAndGet();
      default -> {}
    }
  }

  private @Nullable Object wrapped(@Nullable Object result, String method) throws SQLException {
    if (method.equals("unwrap")) {
      return result;
    }
    return switch (result) {
      case Connection connection -> wrap(Connection.class, connection);
      case PreparedStatement statement -> wrap(PreparedStatement.class, statement);
      case ResultSet set -> wrap(ResultSet.class, set);
      case Boolean next when method.equals("next") -> {
        if (next) {
          rows.incrementAndGet();
        }
        yield next;
      }
      case null, default -> result;
    };
  }
}
