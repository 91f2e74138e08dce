package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rowstream.command.eventstore.AppendFailedException.Meaning;
import io.rowstream.command.eventstore.AppendOutcome.Appended;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Appended APPENDED = new Appended(7, Instant.EPOCH);

  private final CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();

  @Test
  void what_has_no_outcome_in_time_fails_and_not_before() {
    try (var deadlines = new Deadlines(Duration.ofSeconds(1))) {
      long begun = System.nanoTime();
      deadlines.add(outcome);

      await().until(outcome::isDone);

      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(1_000_000_000);
      assertThat(outcome.exceptionNow())
          .isInstanceOfSatisfying(
              AppendFailedException.class,
              failed -> assertThat(failed.meaning()).isEqualTo(Meaning.UNKNOWN));
    }
  }

  @Test
  void an_outcome_stays_what_it_is_and_lets_the_next_fail_in_its_time() {
    var next = new CompletableFuture<AppendOutcome>();
    try (var deadlines = new Deadlines(Duration.ofMillis(200))) {
      deadlines.add(outcome);
      deadlines.add(next);
      outcome.complete(APPENDED);

      await().until(next::isCompletedExceptionally);

      assertThat(outcome.resultNow()).isEqualTo(APPENDED);
    }
  }

  @Test
  void nothing_waits_for_ever_that_came_after_the_end() {
    var deadlines = new Deadlines(Duration.ofSeconds(1));
    deadlines.close();

    await().until(() -> failsAtOnce(deadlines));
  }

  private static boolean failsAtOnce(Deadlines deadlines) {
    var late = new CompletableFuture<AppendOutcome>();
    deadlines.add(late);
    return !late.complete(APPENDED);
  }
}
