package io.rowstream.benchmarks.machine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The `--name=value` arguments of one run.
///
/// Every program names the options it knows first, so that a misspelt one stops the run instead of
/// silently measuring something else.
public final class Options {
  private final Map<String, String> values = new TreeMap<>();

  private Options() {}

  public static Options parse(List<String> arguments, Set<String> known) {
    var options = new Options();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("expected --name=value, found " + argument);
      }
      String name = argument.substring(2, equals);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown option --%s, known are %s".formatted(name, new TreeSet<>(known)));
      }
      options.values.put(name, argument.substring(equals + 1));
    }
    return options;
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public int number(String name, int otherwise) {
    return text(name).map(Integer::parseInt).orElse(otherwise);
  }

  public Duration seconds(String name, int otherwise) {
    return Duration.ofSeconds(number(name, otherwise));
  }

  public boolean flag(String name, boolean otherwise) {
    return text(name).map(Boolean::parseBoolean).orElse(otherwise);
  }

  public List<String> list(String name, String otherwise) {
    return Arrays.stream(text(name).orElse(otherwise).split(",", -1)).map(String::strip).toList();
  }

  public List<Integer> numbers(String name, String otherwise) {
    return list(name, otherwise).stream().map(Integer::parseInt).toList();
  }

  /// The arguments as given, for the head of a report.
  @Override
  public String toString() {
    return values.isEmpty() ? "defaults" : values.toString();
  }
}
