package io.rowstream.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one racer.
public sealed interface Outcome<T extends @Nullable Object> {

  /// The racer returned `value`.
  record Returned<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /// The racer threw `cause`.
  record Threw<T extends @Nullable Object>(Throwable cause) implements Outcome<T> {}

  /// The values of those that returned, in racer order.
  static <T extends @Nullable Object> List<T> returned(List<Outcome<T>> outcomes) {
    return outcomes.stream()
        .<T>mapMulti((outcome, values) -> {
          if (outcome instanceof Returned<T>(var value)) {
            values.accept(value);
          }
        })
        .toList();
  }

  /// What those that failed threw, in racer order.
  static <T extends @Nullable Object> List<Throwable> thrown(List<Outcome<T>> outcomes) {
    return outcomes.stream()
        .<Throwable>mapMulti((outcome, causes) -> {
          if (outcome instanceof Threw<T>(var cause)) {
            causes.accept(cause);
          }
        })
        .toList();
  }
}
