package io.rowstream.testkit;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/// The number all random input of one test JVM grows from.
///
/// It is drawn afresh in every JVM and printed once; `-Drowstream.seed=<n>` repeats a run.
public final class Seed {
  private static final String PROPERTY = "rowstream.seed";

  private final long value;

  private Seed(long value) {
    this.value = value;
  }

  /// The seed of this JVM, printed when first asked for.
  public static Seed ofThisRun() {
    return OfThisRun.SEED;
  }

  /// A fixed seed, for a failure that became a regression test.
  public static Seed of(long value) {
    return new Seed(value);
  }

  /// The number itself.
  public long value() {
    return value;
  }

  /// A new generator at the start of its sequence, so that a test does not depend on those before
  /// it.
  public Random random() {
    return new Random(value);
  }

  static Seed drawnOrGiven() {
    var given = System.getProperty(PROPERTY);
    return new Seed(given == null ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given));
  }

  String announcement() {
    return "seed=" + value + " replay with -D" + PROPERTY + "=" + value;
  }

  private static final class OfThisRun {
    static final Seed SEED = announced(drawnOrGiven());

    private static Seed announced(Seed seed) {
      System.out.println(seed.announcement());
      return seed;
    }
  }
}
