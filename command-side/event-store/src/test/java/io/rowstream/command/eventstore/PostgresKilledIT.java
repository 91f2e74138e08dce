package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.testkit.AppendTraffic;
import io.rowstream.testkit.PostgresProcess;
import io.rowstream.testkit.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL is killed with SIGKILL while it writes.
class PostgresKilledIT {

  @Test
  void nothing_acknowledged_is_lost_and_the_store_goes_on_by_itself(@TempDir Path directory)
      throws Exception {
    try (var postgres = PostgresProcess.start(directory.resolve("data"))) {
      var owner = owner(postgres);
      LogSchema.migrate(owner);
      var counted = new CountingDataSource(owner);
      try (var store = GroupCommitStore.start(counted.dataSource());
          var traffic = new AppendTraffic(Seed.ofThisRun(), 50)) {
        traffic.start(store, 60, Integer.MAX_VALUE);
        for (int kill = 0; kill < 3; kill++) {
          awaitMore(traffic, 500);
          counted.reset();
          long down = System.nanoTime();
          postgres.kill9();
          postgres.restart();
          awaitMore(traffic, 1);
          long secondsAway = (System.nanoTime() - down) / 1_000_000_000;
          assertThat(counted.connections).hasValueLessThanOrEqualTo((int) secondsAway + 2);
        }
        traffic.stop();

        traffic.verify(owner);
      }
      try (var again = GroupCommitStore.start(owner)) {
        assertThat(again.groupCommit().isHealthy()).isTrue();
      }
    }
  }

  @Test
  void a_server_that_comes_back_without_fsync_is_not_written_to(@TempDir Path directory)
      throws Exception {
    var data = directory.resolve("data");
    var durable = PostgresProcess.start(data);
    LogSchema.migrate(owner(durable));
    var current = new AtomicReference<>(owner(durable));
    var source = new CountingDataSource(new Redirected(current::get));
    try (var store = GroupCommitStore.start(source.dataSource());
        var traffic = new AppendTraffic(Seed.ofThisRun(), 5)) {
      traffic.start(store, 5, Integer.MAX_VALUE);
      awaitMore(traffic, 20);
      durable.close();
      try (var careless = PostgresProcess.start(data, Map.of("fsync", "off"))) {
        current.set(owner(careless));

        await().atMost(Duration.ofSeconds(30)).until(() -> !store.groupCommit().isHealthy());
        traffic.stop();
        traffic.verify(owner(careless));
      }
    }
  }

  @Test
  void a_server_without_fsync_is_not_started_on(@TempDir Path directory) {
    try (var careless = PostgresProcess.start(directory.resolve("data"), Map.of("fsync", "off"))) {
      LogSchema.migrate(owner(careless));

      assertThatThrownBy(() -> GroupCommitStore.start(owner(careless)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("fsync");
    }
  }

  private static void awaitMore(AppendTraffic traffic, int more) {
    long before = traffic.acknowledged();
    await().atMost(Duration.ofSeconds(60)).until(() -> traffic.acknowledged() >= before + more);
  }

  private static PGSimpleDataSource owner(PostgresProcess postgres) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(postgres.jdbcUrl("postgres"));
    return dataSource;
  }
}
