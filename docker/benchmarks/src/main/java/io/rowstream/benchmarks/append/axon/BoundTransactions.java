package io.rowstream.benchmarks.append.axon;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/// One transaction per unit of work, bound to its thread, as Spring's transaction manager gives
/// Axon.
///
/// More lenient to Axon than Spring's: the connection is taken from the pool with the first
/// statement, so a command served from the aggregate cache holds it for its insert and commit only.
final class BoundTransactions implements TransactionManager, ConnectionProvider {
  private final DataSource pool;

  @SuppressWarnings("ThreadLocalUsage") // one per pool, and there is one pool in a run
  private final ThreadLocal<@Nullable Bound> bound = new ThreadLocal<>();

  /// @param pool gives connections with auto-commit off
  BoundTransactions(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public Transaction startTransaction() {
    if (bound.get() != null) {
      return new Joined();
    }
    var transaction = new Bound();
    bound.set(transaction);
    return transaction;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Bound transaction = bound.get();
    if (transaction == null) {
      throw new IllegalStateException("a statement outside of any transaction");
    }
    return transaction.connection();
  }

  private final class Bound implements Transaction {
    private @Nullable Connection connection;

    Connection connection() throws SQLException {
      if (connection == null) {
        connection = pool.getConnection();
      }
      return ConnectionWrapperFactory.wrap(
          connection, new ConnectionWrapperFactory.NoOpCloseHandler());
    }

    @Override
    public void commit() {
      end(Connection::commit);
    }

    @Override
    public void rollback() {
      end(Connection::rollback);
    }

    private void end(Ending ending) {
      bound.remove();
      if (connection != null) {
        try (Connection returned = connection) {
          ending.of(returned);
        } catch (SQLException failure) {
          throw new IllegalStateException("the transaction did not end as asked", failure);
        }
      }
    }
  }

  private interface Ending {
    void of(Connection connection) throws SQLException;
  }

  /// A transaction inside another one: the outer one decides.
  private static final class Joined implements Transaction {
    @Override
    public void commit() {}

    @Override
    public void rollback() {}
  }
}
