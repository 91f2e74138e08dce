package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LogDamagedException;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A log that is not whole is not written to, and the refusal says why; nor is one by a store that
/// cannot answer for its appends any more.
class StartUpCheckIT {
  private final RecordRef ada = new RecordRef("contact", UUID.randomUUID());
  private LogDatabase database;

  @BeforeEach
  void createLog() {
    database = LogDatabase.create();
    try (var store = GroupCommitStore.start(database.owner())) {
      for (long version = -1; version < 9; version++) {
        store.append(Attempt.changing(Map.of(ada, version)));
      }
    }
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void a_whole_log_is_written_on() {
    try (var store = GroupCommitStore.start(database.owner())) {
      assertThat(store.append(Attempt.changing(Map.of(ada, 9L))))
          .isInstanceOf(Answer.Written.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM log.event WHERE position = 5              | events up to the head should be 10 and is 9
          DELETE FROM log.event WHERE position = 10             | last event should be 10 and is 9
          DELETE FROM log.event WHERE position = 1              | events up to the head should be 10 and is 9
          DELETE FROM log.event                                 | last event should be 10 and is 0
          UPDATE log.head SET position = 9                      | last event should be 9 and is 10
          UPDATE log.head SET position = 11                     | last event should be 11 and is 10
          UPDATE log.event SET version = 20 WHERE position = 10 | events without a predecessor should be 0 and is 1
          UPDATE log.event SET version = 50 - version           | events without a predecessor should be 0 and is 10
          UPDATE log.event SET position = 12 WHERE position = 3 | last event should be 10 and is 12
          DELETE FROM log.head                                  | the log has no head row
          """)
  void a_damaged_log_is_not_started_on(String damage, String why) {
    database.execute(damage);

    assertThatThrownBy(() -> GroupCommitStore.start(database.owner()))
        .isInstanceOf(LogDamagedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_store_whose_appends_could_wait_for_ever_takes_none() {
    try (var store = GroupCommitStore.start(database.owner())) {
      store.groupCommit().deadlines.close();
      await().until(() -> !store.groupCommit().isHealthy());

      assertThat(store.append(Attempt.changing(Map.of(ada, 9L)))).isInstanceOf(Answer.Failed.class);
    }
    try (var next = GroupCommitStore.start(database.owner())) {
      assertThat(next.append(Attempt.changing(Map.of(ada, 9L)))).isInstanceOf(Answer.Written.class);
    }
  }

  @Test
  void an_epoch_that_changes_under_a_running_store_stops_it() {
    try (var store = GroupCommitStore.start(database.owner())) {
      database.execute("UPDATE log.head SET epoch = gen_random_uuid()");

      var last = store.append(Attempt.changing(Map.of(ada, 9L)));

      assertThat(last).isInstanceOf(Answer.Failed.class);
      await().until(() -> !store.groupCommit().isHealthy());
      assertThat(store.append(Attempt.changing(Map.of(ada, 9L))))
          .isInstanceOfSatisfying(
              Answer.Failed.class, failed -> assertThat(failed.mayBeWritten()).isFalse());
    }
  }
}
