package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.EventStoreContract.Answer;
import io.rowstream.testkit.EventStoreContract.Attempt;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.WholeLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands that wait at the same moment share one commit, each with an answer of its own.
class SharedCommitIT {
  private final RecordRef ada = new RecordRef("contact", UUID.randomUUID());
  private final RecordRef bea = new RecordRef("contact", UUID.randomUUID());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private LogDatabase database;
  private CountingDataSource source;
  private GroupCommitStore store;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    source = new CountingDataSource(database.owner());
    store = GroupCommitStore.start(source.dataSource());
  }

  @AfterEach
  void stop() {
    store.close();
    threads.close();
    database.close();
  }

  @Test
  void a_loser_in_the_same_batch_is_told_the_winners_version() throws Exception {
    var answers = together(Attempt.changing(Map.of(ada, -1L)), Attempt.changing(Map.of(ada, -1L)));

    assertThat(answers.getFirst()).isInstanceOf(Answer.Written.class);
    assertThat(answers.getLast()).isEqualTo(new Answer.Stale(ada, 0));
  }

  @Test
  void commits_of_events_are_announced_when_they_can_be_read() {
    var readable = new CopyOnWriteArrayList<Integer>();
    store
        .groupCommit()
        .onCommit(() -> {
          throw new IllegalStateException("planted");
        });
    store.groupCommit().onCommit(() -> readable.add(WholeLog.read(database.owner()).size()));

    store.append(Attempt.changing(Map.of(ada, -1L)));
    store.append(Attempt.confirming(Map.of(ada, 0L)));
    store.append(Attempt.changing(Map.of(ada, -1L)));
    store.append(Attempt.changing(Map.of(ada, 0L)));

    assertThat(readable).containsExactly(1, 2);
  }

  @Test
  void commands_whose_versions_follow_on_share_one_commit() throws Exception {
    try (var listener = Listening.to(database)) {
      var answers =
          together(
              Attempt.changing(Map.of(ada, -1L)),
              Attempt.changing(Map.of(ada, 0L, bea, -1L)),
              Attempt.changing(Map.of(ada, 1L)),
              Attempt.confirming(Map.of(ada, 2L)));

      assertThat(answers).hasOnlyElementsOfType(Answer.Written.class);
      assertThat(answers.stream().map(a -> ((Answer.Written) a).committedOn()).distinct())
          .hasSize(1);
      // One for the command that opened the way, one for all the others.
      assertThat(listener.heard()).containsExactly("1", "5");
    }
    assertThat(WholeLog.read(database.owner()))
        .extracting(LoggedEvent::remaining)
        .containsExactly(0, 0, 1, 0, 0);
  }

  @Test
  void a_bad_command_in_the_batch_fails_alone() throws Exception {
    var nul = new RecordRef("con\0tact", UUID.randomUUID());

    var answers =
        together(
            Attempt.changing(Map.of(ada, -1L)),
            Attempt.changing(Map.of(nul, -1L)),
            Attempt.changing(Map.of(ada, 0L)),
            Attempt.changing(Map.of(ada, 0L)),
            Attempt.changing(Map.of(bea, -1L)));

    assertThat(answers.get(0)).isInstanceOf(Answer.Written.class);
    assertThat(answers.get(1)).isInstanceOf(Answer.Failed.class);
    assertThat(((Answer.Failed) answers.get(1)).mayBeWritten()).isFalse();
    assertThat(answers.get(2)).isInstanceOf(Answer.Written.class);
    assertThat(answers.get(3)).isEqualTo(new Answer.Stale(ada, 1));
    assertThat(answers.get(4)).isInstanceOf(Answer.Written.class);
  }

  @Test
  void a_command_that_breaks_a_constraint_fails_alone() throws Exception {
    database.execute("ALTER TABLE log.event ADD CHECK (entity_type <> 'forbidden')");
    var forbidden = new RecordRef("forbidden", UUID.randomUUID());

    var answers =
        together(
            Attempt.changing(Map.of(ada, -1L, forbidden, -1L)),
            Attempt.changing(Map.of(ada, -1L)),
            Attempt.changing(Map.of(bea, -1L)).repeatable());

    assertThat(answers.get(0)).isInstanceOf(Answer.Failed.class);
    assertThat(answers.get(1)).isInstanceOf(Answer.Written.class);
    assertThat(answers.get(2)).isInstanceOf(Answer.Written.class);
    assertThat(WholeLog.read(database.owner())).hasSize(3);
  }

  @Test
  void a_stale_command_does_not_hold_up_its_neighbours() throws Exception {
    try (var other = GroupCommitStore.start(database.owner())) {
      other.append(Attempt.changing(Map.of(ada, -1L)));
      other.append(Attempt.changing(Map.of(ada, 0L)));
    }

    var answers =
        together(
            Attempt.changing(Map.of(ada, 0L)),
            Attempt.changing(Map.of(bea, -1L)),
            Attempt.changing(Map.of(ada, 1L)),
            Attempt.changing(Map.of(ada, 7L)),
            Attempt.changing(Map.of(ada, 2L, bea, 0L)));

    assertThat(answers.get(0)).isEqualTo(new Answer.Stale(ada, 1));
    assertThat(answers.get(1)).isInstanceOf(Answer.Written.class);
    assertThat(answers.get(2)).isInstanceOf(Answer.Written.class);
    assertThat(answers.get(3)).isEqualTo(new Answer.Stale(ada, 2));
    assertThat(answers.get(4)).isInstanceOf(Answer.Written.class);
  }

  @Test
  void an_outcome_without_events_says_the_same_position_when_it_is_repeated() throws Exception {
    store.append(Attempt.changing(Map.of(ada, -1L)));
    var noted = Attempt.confirming("noted", Map.of(ada, 0L)).repeatable();

    var answers =
        together(noted, Attempt.changing(Map.of(bea, -1L)), Attempt.changing(Map.of(ada, 0L)));

    var first = (Answer.Written) answers.getFirst();
    var again =
        (Answer.Known) store.append(Attempt.confirming("noted", Map.of(ada, 1L)).repeatable());
    assertThat(again.position()).isEqualTo(first.position());
  }

  @Test
  void a_crowd_of_repeated_commands_is_answered_in_few_commits() throws Exception {
    var command = Attempt.changing("once", Map.of(ada, -1L)).repeatable();
    store.append(command);
    var again = Attempt.changing("once", Map.of(ada, 0L)).repeatable();
    source.reset();

    var answers = together(Collections.nCopies(400, again).toArray(Attempt[]::new));

    assertThat(answers).hasSize(400).hasOnlyElementsOfType(Answer.Known.class);
    assertThat(source.queries).hasValueLessThan(20);
  }

  @Test
  void batches_keep_to_their_bounds() throws Exception {
    store.close();
    var settings = GroupCommitSettings.DEFAULT;
    var small =
        new GroupCommitSettings(
            3,
            settings.batchBytesMax(),
            settings.queueCommandsMax(),
            settings.appendTimeout(),
            settings.lockTimeout(),
            settings.reconnectInterval(),
            settings.knownHeadsMax());
    store = GroupCommitStore.start(source.dataSource(), small);
    try (var listener = Listening.to(database)) {
      var attempts = new ArrayList<Attempt>();
      for (int i = 0; i < 7; i++) {
        attempts.add(Attempt.changing(Map.of(new RecordRef("contact", UUID.randomUUID()), -1L)));
      }

      together(attempts.toArray(Attempt[]::new));

      assertThat(listener.heard()).containsExactly("1", "4", "7", "8");
    }
  }

  /// Sends the attempts while the writer is busy with a commit of its own, so that they queue up in
  /// this order and meet in the next.
  private List<Answer> together(Attempt... attempts) throws Exception {
    var answers = new ArrayList<Future<Answer>>();
    try (var held = HeldHead.take(database)) {
      var opener = Attempt.changing(Map.of(new RecordRef("contact", UUID.randomUUID()), -1L));
      answers.add(threads.submit(() -> store.append(opener)));
      held.awaitWaiting(1);
      for (Attempt attempt : attempts) {
        answers.add(threads.submit(() -> store.append(attempt)));
        int queued = answers.size() - 1;
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> store.groupCommit().queued() == queued);
      }
    }
    var told = new ArrayList<Answer>();
    for (Future<Answer> answer : answers.subList(1, answers.size())) {
      told.add(answer.get());
    }
    return told;
  }
}
