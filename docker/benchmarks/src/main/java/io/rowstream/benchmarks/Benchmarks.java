package io.rowstream.benchmarks;

import io.rowstream.benchmarks.append.AppendBenchmark;
import io.rowstream.benchmarks.feed.FeedBenchmark;
import io.rowstream.benchmarks.load.HttpBenchmark;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The entry point: the first argument names the program, the rest are its options.
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    System.setProperty("logback.configurationFile", "io/rowstream/benchmarks/logback.xml");
    String program = arguments.length == 0 ? "" : arguments[0];
    List<String> options =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (program) {
      case "append" -> AppendBenchmark.run(options);
      case "http" -> HttpBenchmark.run(options);
      case "feed" -> FeedBenchmark.run(options);
      default -> throw new IllegalArgumentException("which program: append, http or feed?");
    }
  }
}
