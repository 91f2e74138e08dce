package io.rowstream.benchmarks.feed;

import java.util.List;

/// One load: how many watch, whether all the same record, and how often it changes.
///
/// @param sameRecord all watchers on one record (`fan`), else each on its own (`own`)
record FeedCell(boolean sameRecord, int watchers, int perSecond) {
  /// The loads at which the rivals of the project were measured.
  static final String DEFAULT = "fan:1:200,fan:1000:10,fan:10000:1,own:1000:200,own:10000:200";

  static FeedCell parse(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() != 3 || !List.of("fan", "own").contains(parts.getFirst())) {
      throw new IllegalArgumentException(
          "expected fan:watchers:rate or own:watchers:rate, found " + text);
    }
    return new FeedCell(
        parts.getFirst().equals("fan"),
        Integer.parseInt(parts.get(1)),
        Integer.parseInt(parts.get(2)));
  }

  String title() {
    return sameRecord ? "all on one record" : "each on its own record";
  }

  int records() {
    return sameRecord ? 1 : watchers;
  }
}
