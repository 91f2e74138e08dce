package io.rowstream.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A Markdown table that grows by rows.
public final class MarkdownTable {
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... titles) {
    this.titles = List.of(titles);
  }

  public void row(Object... values) {
    if (values.length != titles.size()) {
      throw new IllegalArgumentException(
          values.length + " values under " + titles.size() + " titles");
    }
    rows.add(Arrays.stream(values).map(String::valueOf).toList());
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    return line(titles)
        + line(titles.stream().map(_ -> "---").toList())
        + rows.stream().map(MarkdownTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> values) {
    return "| " + String.join(" | ", values) + " |\n";
  }
}
