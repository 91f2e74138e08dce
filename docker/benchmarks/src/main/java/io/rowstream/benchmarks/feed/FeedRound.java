package io.rowstream.benchmarks.feed;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The latencies of one round, each seen three ways, because nobody outside sees the commit itself.
///
/// @param sinceSent from just before the PATCH was written: at least the true latency
/// @param sinceCommitted from the frame's `committedOn`, on the server's clock, which is the same
///   machine's
/// @param sinceAnswered from when the PATCH was answered, which is after the commit: at most the
///   true latency; a frame that came before the answer counts as 0
/// @param beforeAnswer share of frames that came before the answer
/// @param missing frames that should have come and did not
record FeedRound(
    Histogram sinceSent,
    Histogram sinceCommitted,
    Histogram sinceAnswered,
    double beforeAnswer,
    double deliveriesPerSecond,
    long expected,
    long missing) {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  /// Counts the updates sent from `from` on.
  static FeedRound of(
      FeedCell cell, SentUpdates sent, Receipts receipts, long from, double seconds) {
    var sinceSent = new Histogram(LONGEST_NANOS, 3);
    var sinceCommitted = new Histogram(LONGEST_NANOS, 3);
    var sinceAnswered = new Histogram(LONGEST_NANOS, 3);
    Map<Long, SentUpdates.Times> updates = sent.byKey();
    long early = 0;
    for (int receipt = 0; receipt < receipts.size(); receipt++) {
      long key = receipts.key(receipt);
      SentUpdates.Times update = updates.get(key);
      if (update == null || update.sent() < from) {
        continue;
      }
      long received = receipts.nanos(receipt);
      early += received < update.answered() ? 1 : 0;
      record(sinceSent, received - update.sent());
      record(sinceAnswered, received - update.answered());
      Long committed = receipts.committed().get(key);
      if (committed != null) {
        record(sinceCommitted, received - committed);
      }
    }
    long measuredUpdates =
        updates.values().stream().filter(update -> update.sent() >= from).count();
    long expected = measuredUpdates * (cell.sameRecord() ? cell.watchers() : 1);
    long received = sinceSent.getTotalCount();
    return new FeedRound(
        sinceSent,
        sinceCommitted,
        sinceAnswered,
        received == 0 ? 0 : (double) early / received,
        received / seconds,
        expected,
        expected - received);
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }
}
