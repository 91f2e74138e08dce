package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.junit.jupiter.api.Test;

class FairKeyedLockTest {
  private final FairKeyedLock locks = new FairKeyedLock(Duration.ofSeconds(20), 1_000);

  @Test
  void it_is_given_in_the_order_of_asking() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var asked = new ArrayList<Thread>();
    Lock first = locks.obtainLock("hot");
    for (int i = 0; i < 20; i++) {
      int number = i;
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                Lock lock = locks.obtainLock("hot");
                order.add(number);
                lock.release();
              });
      asked.add(thread);
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    first.release();

    for (Thread thread : asked) {
      thread.join();
    }
    assertThat(order).isEqualTo(IntStream.range(0, 20).boxed().toList());
    assertThat(locks.size()).isZero();
  }

  @Test
  void who_gives_it_back_and_asks_again_comes_after_those_who_wait() throws Exception {
    for (int round = 0; round < 50; round++) {
      var order = Collections.synchronizedList(new ArrayList<String>());
      Lock first = locks.obtainLock("hot");
      var waiter =
          Thread.ofVirtual()
              .start(() -> {
                Lock lock = locks.obtainLock("hot");
                order.add("waiter");
                lock.release();
              });
      await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

      first.release();
      Lock again = locks.obtainLock("hot");
      order.add("again");
      again.release();

      waiter.join();
      assertThat(order).containsExactly("waiter", "again");
    }
  }

  @Test
  void beyond_its_bound_of_waiters_it_refuses_at_once() {
    var two = new FairKeyedLock(Duration.ofSeconds(20), 2);
    Lock held = two.obtainLock("hot");
    var waiter = Thread.ofVirtual().start(() -> two.obtainLock("hot").release());
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

    assertThatThrownBy(() -> two.obtainLock("hot"))
        .isInstanceOf(LockAcquisitionFailedException.class);
    two.obtainLock("cold").release();

    held.release();
    await().until(() -> two.size() == 0);
    two.obtainLock("hot").release();
  }

  @Test
  void waiting_ends_after_the_time_out_and_leaves_nothing_behind() throws Exception {
    var impatient = new FairKeyedLock(Duration.ofMillis(20), 10);
    Lock held = impatient.obtainLock("hot");

    var outcomes = Rendezvous.race(5, () -> impatient.obtainLock("hot"));

    assertThat(Outcome.thrown(outcomes))
        .hasSize(5)
        .hasOnlyElementsOfType(LockAcquisitionFailedException.class);
    assertThat(impatient.size()).isEqualTo(1);
    held.release();
    assertThat(impatient.size()).isZero();
  }

  @Test
  void an_interrupted_waiter_leaves_nothing_behind() throws Exception {
    Lock held = locks.obtainLock("hot");
    var refused = new AtomicInteger();
    var waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                locks.obtainLock("hot");
              } catch (LockAcquisitionFailedException e) {
                refused.incrementAndGet();
              }
            });
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

    waiter.interrupt();
    waiter.join();

    assertThat(refused).hasValue(1);
    held.release();
    assertThat(locks.size()).isZero();
  }

  @Test
  void one_thread_may_take_it_twice_and_gives_it_back_twice() {
    Lock outer = locks.obtainLock("key");
    Lock inner = locks.obtainLock("key");

    inner.release();
    assertThat(outer.isHeld()).isTrue();
    assertThat(locks.size()).isEqualTo(1);
    outer.release();
    assertThat(outer.isHeld()).isFalse();
    assertThat(locks.size()).isZero();
  }

  @Test
  void only_one_holds_a_key_and_nothing_is_left_behind() {
    var inside =
        new AtomicInteger[] {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    long seed = Seed.ofThisRun().value();

    var outcomes =
        Rendezvous.race(
            50,
            number ->
                () -> {
                  var random = new Random(seed + number);
                  for (int i = 0; i < 500; i++) {
                    int key = random.nextInt(3);
                    Lock lock = locks.obtainLock("key" + key);
                    assertThat(inside[key].incrementAndGet()).isEqualTo(1);
                    inside[key].decrementAndGet();
                    lock.release();
                  }
                  return number;
                });

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(locks.size()).isZero();
  }

  /// The load Axon's own lock factory starves under: each command holds its record for a commit of
  /// one millisecond, and a tenth of a thousand senders want the same record.
  @Test
  void a_hot_key_among_many_starves_nobody() {
    var served = new AtomicInteger();

    var outcomes =
        Rendezvous.race(
            1_000,
            number ->
                () -> {
                  for (int i = 0; i < 10; i++) {
                    boolean hot = (number + i) % 10 == 0;
                    Lock lock = locks.obtainLock(hot ? "hot" : "key" + number);
                    LockSupport.parkNanos(1_000_000);
                    lock.release();
                    served.incrementAndGet();
                  }
                  return List.of();
                });

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(served).hasValue(10_000);
    assertThat(locks.size()).isZero();
  }
}
