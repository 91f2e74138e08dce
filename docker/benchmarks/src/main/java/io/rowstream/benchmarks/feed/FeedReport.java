package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.report.MarkdownTable;
import io.rowstream.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// The rounds of all cells as one table.
final class FeedReport {
  private final Map<FeedCell, List<FeedRound>> cells = new LinkedHashMap<>();

  void add(FeedCell cell, FeedRound round) {
    cells.computeIfAbsent(cell, _ -> new ArrayList<>()).add(round);
  }

  @Override
  public String toString() {
    var table =
        new MarkdownTable(
            "watchers",
            "on",
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
    cells.forEach((cell, rounds) ->
        table.row(
            "%,d".formatted(cell.watchers()),
            cell.title(),
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
            rounds.size()));
    return table.toString();
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
