package io.rowstream.benchmarks.append.axon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.benchmarks.append.Candidate;
import io.rowstream.benchmarks.workload.ContactChange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/// Axon 4's `JdbcEventStorageEngine` under its whole command path: gateway, `SimpleCommandBus`,
/// event-sourced aggregate, expected version by `@TargetAggregateVersion`.
///
/// Configured as well as it was seen to do: `WeakReferenceCache` and a snapshot every 20 events,
/// Jackson, payload as `bytea`, 32 pooled connections. More connections made it slower.
public final class AxonJdbc implements Candidate {
  private static final int CONNECTIONS = 32;
  private static final int EVENTS_PER_SNAPSHOT = 20;

  /// Long, so that a sender starved by the pool shows in the times and not as a failure.
  private static final Duration CONNECTION_TIMEOUT = Duration.ofMinutes(2);

  private final HikariDataSource pool;
  private final Configuration axon;
  private final CommandGateway gateway;

  public AxonJdbc(String jdbcUrl) {
    System.setProperty("axoniq.update-checker.disabled", "true");
    System.setProperty("disable-axoniq-console-message", "true");
    pool = pool(jdbcUrl);
    var transactions = new BoundTransactions(pool);
    Jackson3Serializer jackson = Jackson3Serializer.builder().build();
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(transactions)
            .transactionManager(transactions)
            .eventSerializer(jackson)
            .snapshotSerializer(jackson)
            .persistenceExceptionResolver(new SQLStateResolver())
            .build();
    transactions.executeInTransaction(
        () -> engine.createSchema(PostgresEventTableFactory.INSTANCE));
    axon =
        DefaultConfigurer.defaultConfiguration(false)
            .configureTransactionManager(_ -> transactions)
            .configureSerializer(_ -> jackson)
            .configureEmbeddedEventStore(_ -> engine)
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(Contact.class)
                    .configureCache(_ -> new WeakReferenceCache())
                    .configureSnapshotTrigger(configuration ->
                        new EventCountSnapshotTriggerDefinition(
                            configuration.snapshotter(), EVENTS_PER_SNAPSHOT)))
            .start();
    gateway = axon.commandGateway();
  }

  private static HikariDataSource pool(String jdbcUrl) {
    var settings = new HikariConfig();
    settings.setJdbcUrl(jdbcUrl);
    settings.setMaximumPoolSize(CONNECTIONS);
    settings.setMinimumIdle(CONNECTIONS);
    settings.setAutoCommit(false);
    settings.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    return new HikariDataSource(settings);
  }

  @Override
  public void create(List<UUID> records) {
    // One after the other is slow; a few thousand at once would only queue for connections.
    records.parallelStream().forEach(id -> gateway.sendAndWait(new CreateContact(id.toString())));
  }

  @Override
  public Update sender() {
    return this::change;
  }

  private long change(UUID record, long expectedVersion, ContactChange change) {
    gateway.sendAndWait(new ChangeContact(record.toString(), expectedVersion, change));
    return expectedVersion + 1;
  }

  @Override
  public long events() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM DomainEventEntry")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    axon.shutdown();
    pool.close();
  }
}
