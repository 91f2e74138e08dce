package io.rowstream.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets several callers loose at the same moment and reports what became of each.
public final class Rendezvous {
  private static final Duration RACE_TIME_MAX = Duration.ofSeconds(60);

  private Rendezvous() {}

  /// Runs `racer` as often as there are `racers`, each on its own virtual thread.
  public static <T extends @Nullable Object> List<Outcome<T>> race(int racers, Callable<T> racer) {
    return race(racers, (IntFunction<Callable<T>>) _ -> racer);
  }

  /// Runs the racers numbered 0 to `racers - 1`; the outcomes come back in that order.
  ///
  /// Each is made on its own thread, so `racer` may open what the call needs; all then wait at a
  /// barrier and call together. A racer still running after 60 seconds fails the race with an
  /// [AssertionError] that names it.
  public static <T extends @Nullable Object> List<Outcome<T>> race(
      int racers, IntFunction<Callable<T>> racer) {
    return race(racers, racer, RACE_TIME_MAX);
  }

  static <T extends @Nullable Object> List<Outcome<T>> race(
      int racers, IntFunction<Callable<T>> racer, Duration raceTimeMax) {
    var start = new CyclicBarrier(racers);
    var runners = new ArrayList<Callable<Outcome<T>>>();
    for (var number = 0; number < racers; number++) {
      var own = number;
      runners.add(() -> run(start, () -> racer.apply(own)));
    }
    // Not closed by try-with-resources: that would wait for a racer that ignores its interruption.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var finishes = threads.invokeAll(runners, raceTimeMax.toNanos(), TimeUnit.NANOSECONDS);
      refuseUnfinished(finishes, raceTimeMax);
      return outcomes(finishes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted during a race of " + racers, interrupted);
    } finally {
      threads.shutdownNow();
    }
  }

  // Catches everything: an AssertionError inside a racer is an outcome like any other.
  private static <T extends @Nullable Object> Outcome<T> run(
      CyclicBarrier start, Supplier<Callable<T>> racer)
      throws InterruptedException, BrokenBarrierException {
    Callable<T> ready;
    try {
      ready = racer.get();
    } catch (Throwable thrown) {
      start.await();
      return new Outcome.Threw<>(thrown);
    }
    start.await();
    try {
      return new Outcome.Returned<>(ready.call());
    } catch (Throwable thrown) {
      return new Outcome.Threw<>(thrown);
    }
  }

  private static <T extends @Nullable Object> void refuseUnfinished(
      List<Future<Outcome<T>>> finishes, Duration raceTimeMax) {
    var unfinished = new ArrayList<Integer>();
    for (var number = 0; number < finishes.size(); number++) {
      if (finishes.get(number).isCancelled()) {
        unfinished.add(number);
      }
    }
    if (!unfinished.isEmpty()) {
      throw new AssertionError("racers " + unfinished + " still ran after " + raceTimeMax);
    }
  }

  private static <T extends @Nullable Object> List<Outcome<T>> outcomes(
      List<Future<Outcome<T>>> finishes) {
    return finishes.stream().map(Future::resultNow).toList();
  }
}
