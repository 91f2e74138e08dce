package io.rowstream.language.entity;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change to numbered options; it leaves every other option as it is by then.
public sealed interface OptionChange {

  /// The number of the first option that is given none.
  int NUMBER_FIRST = 100_000_000;

  /// @param number null for the next one
  record Insert(@Nullable Integer number, String label) implements OptionChange {}

  record Relabel(int number, String label) implements OptionChange {}

  record Remove(int number) implements OptionChange {}

  /// Options that are not there come, those that are get these labels.
  record Put(Map<Integer, String> options) implements OptionChange {
    public Put {
      options = Map.copyOf(options);
    }
  }

  /// The number an option gets that is given none: one more than the highest.
  ///
  /// @throws IllegalArgumentException if there is none
  static int next(Collection<Integer> numbers) {
    int highest = numbers.stream().reduce(NUMBER_FIRST - 1, Math::max);
    if (highest == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no number is left above " + highest);
    }
    return highest + 1;
  }

  /// What it makes of `options`.
  ///
  /// @throws IllegalArgumentException if there is an option that it inserts, or none that it means
  default Map<Integer, String> of(Map<Integer, String> options) {
    var changed = new HashMap<>(options);
    switch (this) {
      case Insert(Integer number, String label) -> {
        int free = number == null ? next(options.keySet()) : number;
        if (changed.putIfAbsent(free, label) != null) {
          throw new IllegalArgumentException("there is an option " + free + " already");
        }
      }
      case Relabel(int number, String label) -> {
        require(options, number);
        changed.put(number, label);
      }
      case Remove(int number) -> {
        require(options, number);
        changed.remove(number);
      }
      case Put(var more) -> changed.putAll(more);
    }
    return changed;
  }

  private static void require(Map<Integer, String> options, int number) {
    if (!options.containsKey(number)) {
      throw new IllegalArgumentException("there is no option " + number);
    }
  }
}
