package io.rowstream.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rounds of several candidates in several cells, and the two tables made of them.
public final class Comparison {
  /// @param load senders or connections
  private record Cell(String what, int load) {}

  private final String rival;
  private final String loadTitle;
  private final Map<Cell, Map<String, List<Round>>> cells = new LinkedHashMap<>();

  /// An empty comparison.
  ///
  /// @param rival the candidate all others are divided by
  public Comparison(String rival, String loadTitle) {
    this.rival = rival;
    this.loadTitle = loadTitle;
  }

  public void add(String what, int load, String candidate, Round round) {
    cells
        .computeIfAbsent(new Cell(what, load), _ -> new LinkedHashMap<>())
        .computeIfAbsent(candidate, _ -> new ArrayList<>())
        .add(round);
  }

  public String figures() {
    var table =
        new MarkdownTable(
            "operation",
            loadTitle,
            "candidate",
            "median /s",
            "min..max /s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "failed",
            "rounds");
    cells.forEach((cell, candidates) ->
        candidates.forEach((name, rounds) -> table.row(figures(cell, name, rounds))));
    return table.toString();
  }

  private static Object[] figures(Cell cell, String name, List<Round> rounds) {
    Spread rate = Spread.over(rounds, Round::perSecond);
    return new Object[] {
      cell.what(),
      cell.load(),
      name,
      "%,.0f".formatted(rate.median()),
      "%,.0f..%,.0f".formatted(rate.min(), rate.max()),
      "%.2f".formatted(Spread.over(rounds, Round::p50Millis).median()),
      "%.2f".formatted(Spread.over(rounds, Round::p99Millis).median()),
      "%.0f".formatted(Spread.over(rounds, Round::maxMillis).max()),
      rounds.stream().mapToLong(Round::failed).sum(),
      rounds.size()
    };
  }

  public String ratios() {
    var table =
        new MarkdownTable(
            "operation",
            loadTitle,
            "candidate / " + rival,
            "rate ratio",
            "min..max",
            "p50 ratio",
            "p99 ratio");
    cells.forEach((cell, candidates) -> ratios(cell, candidates, table));
    return table.isEmpty() ? "No ratios: this run measured only one side.\n" : table.toString();
  }

  private void ratios(Cell cell, Map<String, List<Round>> candidates, MarkdownTable table) {
    List<Round> theirs = candidates.get(rival);
    if (theirs == null) {
      return;
    }
    candidates.forEach((name, ours) -> {
      if (!name.equals(rival)) {
        Spread rate = Spread.ratio(ours, theirs, Round::perSecond);
        table.row(
            cell.what(),
            cell.load(),
            name,
            "%.2f".formatted(rate.median()),
            "%.2f..%.2f".formatted(rate.min(), rate.max()),
            "%.2f".formatted(Spread.ratio(ours, theirs, Round::p50Millis).median()),
            "%.2f".formatted(Spread.ratio(ours, theirs, Round::p99Millis).median()));
      }
    });
  }
}
