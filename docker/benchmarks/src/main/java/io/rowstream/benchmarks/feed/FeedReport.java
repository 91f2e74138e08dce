package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.report.MarkdownTable;
import io.rowstream.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// The rounds of all cells and sides, as two tables.
final class FeedReport {
  private final String rival;
  private final Map<FeedCell, Map<String, List<FeedRound>>> cells = new LinkedHashMap<>();

  /// @param rival the side all others are divided by
  FeedReport(String rival) {
    this.rival = rival;
  }

  void add(FeedCell cell, String side, FeedRound round) {
    cells
        .computeIfAbsent(cell, _ -> new LinkedHashMap<>())
        .computeIfAbsent(side, _ -> new ArrayList<>())
        .add(round);
  }

  String figures() {
    var table =
        new MarkdownTable(
            "watchers",
            "on",
            "of",
            "updates/s",
            "deliveries/s",
            "since committedOn p50 ms",
            "p99 ms",
            "since sent p50 ms",
            "p99 ms",
            "since answered p50 ms",
            "p99 ms",
            "before answer",
            "missing",
            "rounds");
    cells.forEach((cell, sides) -> sides.forEach((side, rounds) -> row(table, cell, side, rounds)));
    return table.toString();
  }

  private static void row(MarkdownTable table, FeedCell cell, String side, List<FeedRound> rounds) {
    table.row(
        "%,d".formatted(cell.watchers()),
        cell.title(),
        side,
        cell.perSecond(),
        "%,.0f".formatted(Spread.over(rounds, FeedRound::deliveriesPerSecond).median()),
        millis(rounds, FeedRound::sinceCommitted, 50),
        millis(rounds, FeedRound::sinceCommitted, 99),
        millis(rounds, FeedRound::sinceSent, 50),
        millis(rounds, FeedRound::sinceSent, 99),
        millis(rounds, FeedRound::sinceAnswered, 50),
        millis(rounds, FeedRound::sinceAnswered, 99),
        "%.0f %%".formatted(Spread.over(rounds, FeedRound::beforeAnswer).median() * 100),
        rounds.stream().mapToLong(FeedRound::missing).sum(),
        rounds.size());
  }

  /// Times since the update was sent, which both sides are measured by alike.
  String ratios() {
    var table = new MarkdownTable("watchers", "on", "side / " + rival, "p50 ratio", "p99 ratio");
    cells.forEach((cell, sides) ->
        sides.forEach((side, rounds) -> {
          List<FeedRound> theirs = sides.get(rival);
          if (theirs != null && !side.equals(rival)) {
            table.row(
                "%,d".formatted(cell.watchers()),
                cell.title(),
                side,
                ratio(rounds, theirs, 50),
                ratio(rounds, theirs, 99));
          }
        }));
    return table.isEmpty() ? "No ratios: this run measured only one side.\n" : table.toString();
  }

  private static String ratio(List<FeedRound> ours, List<FeedRound> theirs, double percentile) {
    Spread spread =
        Spread.ratio(ours, theirs, round -> round.sinceSent().getValueAtPercentile(percentile));
    return "%.2f (%.2f..%.2f)".formatted(spread.median(), spread.min(), spread.max());
  }

  private static String millis(
      List<FeedRound> rounds, Function<FeedRound, Histogram> times, double percentile) {
    if (rounds.stream().anyMatch(round -> times.apply(round).getTotalCount() == 0)) {
      return "-";
    }
    Spread spread =
        Spread.over(rounds, round -> times.apply(round).getValueAtPercentile(percentile) / 1e6);
    return "%.2f (%.2f..%.2f)".formatted(spread.median(), spread.min(), spread.max());
  }
}
