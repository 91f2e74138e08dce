package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogSchema;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.PostgresProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL is killed with SIGKILL while it gives numbers, whose commits nobody waits for.
class NumbersAfterCrashIT {
  private static final int SENDERS = 20;

  private final AtomicInteger created = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void no_number_of_a_record_is_given_again(@TempDir Path directory) throws Exception {
    try (var postgres = PostgresProcess.start(directory.resolve("data"))) {
      var owner = new PGSimpleDataSource();
      owner.setUrl(postgres.jdbcUrl("postgres"));
      LogSchema.migrate(owner);
      try (var node = Node.start(owner);
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        node.define(TwoNumberingNodes.ticket("ticket"));
        for (int i = 0; i < SENDERS; i++) {
          threads.execute(() -> create(node));
        }
        for (int kill = 0; kill < 2; kill++) {
          awaitMore(100);
          postgres.kill9();
          postgres.restart();
        }
        awaitMore(100);
        stopped.set(true);
      }

      assertThat(TwoNumberingNodes.numbers(owner, "ticket"))
          .doesNotHaveDuplicates()
          .hasSizeGreaterThanOrEqualTo(created.get());
    }
  }

  private void create(Node node) {
    while (!stopped.get()) {
      try {
        node.send(new CreateRecord(new RecordRef("ticket", UUID.randomUUID()), Map.of()));
        created.incrementAndGet();
      } catch (LogUnreadableException | AppendFailedException | RefusedException _) {
        // The server is away; the next one comes when it is back.
        Thread.onSpinWait();
      }
    }
  }

  private void awaitMore(int more) {
    int before = created.get();
    await().atMost(Duration.ofSeconds(60)).until(() -> created.get() >= before + more);
  }
}
