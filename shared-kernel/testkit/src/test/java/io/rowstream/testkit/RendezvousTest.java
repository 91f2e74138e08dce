package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

  @Test
  void outcomes_come_back_in_racer_order() {
    var outcomes = Rendezvous.race(50, racer -> () -> racer * racer);

    assertThat(Outcome.returned(outcomes))
        .isEqualTo(IntStream.range(0, 50).mapToObj(racer -> racer * racer).toList());
  }

  @Test
  void what_a_racer_throws_is_an_outcome_like_any_other() {
    var refusal = new IllegalStateException("refused");
    var failure = new AssertionError("failed");

    var outcomes =
        Rendezvous.<String>race(
            3,
            racer ->
                () ->
                    switch (racer) {
                      case 0 -> throw refusal;
                      case 1 -> throw failure;
                      default -> "done";
                    });

    assertThat(outcomes)
        .containsExactly(
            new Outcome.Threw<>(refusal),
            new Outcome.Threw<>(failure),
            new Outcome.Returned<>("done"));
    assertThat(Outcome.thrown(outcomes)).containsExactly(refusal, failure);
  }

  @Test
  void all_racers_run_at_the_same_time() {
    var together = new CountDownLatch(64);

    var outcomes =
        Rendezvous.race(
            64,
            () -> {
              together.countDown();
              return together.await(10, TimeUnit.SECONDS);
            });

    assertThat(Outcome.returned(outcomes)).hasSize(64).containsOnly(true);
  }

  @Test
  void nobody_starts_before_the_last_racer_is_ready() {
    var ready = new AtomicInteger();

    var outcomes =
        Rendezvous.<Integer>race(
            200,
            _ -> {
              ready.incrementAndGet();
              return ready::get;
            });

    assertThat(Outcome.returned(outcomes)).hasSize(200).containsOnly(200);
  }

  @Test
  void a_racer_that_cannot_be_made_does_not_keep_the_others_waiting() {
    var refusal = new IllegalStateException("no connection");

    var outcomes =
        Rendezvous.<String>race(
            2,
            racer -> {
              if (racer == 0) {
                throw refusal;
              }
              return () -> "done";
            });

    assertThat(outcomes)
        .containsExactly(new Outcome.Threw<>(refusal), new Outcome.Returned<>("done"));
  }

  @Test
  void a_racer_that_does_not_finish_fails_the_race_by_number() {
    var never = new CountDownLatch(1);

    assertThatThrownBy(() ->
            Rendezvous.<Boolean>race(
                2, racer -> () -> racer == 0 || hangs(never), Duration.ofMillis(200)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("racers [1] still ran after PT0.2S");
  }

  private static boolean hangs(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return true;
  }
}
