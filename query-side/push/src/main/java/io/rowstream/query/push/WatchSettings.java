package io.rowstream.query.push;

import java.time.Duration;

/// The bounds of the watch.
///
/// @param watchersMax open watches on this node; one more is refused with 503
/// @param filterTermsMax records, entity types and attributes one watch may name
/// @param bookmarkInterval time between two bookmarks of one watch; at most 5 s
/// @param stallTimeout how long a client may leave something unread that waits for it
/// @param writeBytesMax bytes on their way to one client, exceeded by at most one frame
/// @param framesKeptMax frames kept for all watchers with one filter; who needs older ones is
///   served from the feed
/// @param replaysMax watchers behind the present that are read for at the same moment
/// @param snapshotPageMax records of an initial state read at once
/// @param polls of the answers at once
public record WatchSettings(
    int watchersMax,
    int filterTermsMax,
    Duration bookmarkInterval,
    Duration stallTimeout,
    int writeBytesMax,
    int framesKeptMax,
    int replaysMax,
    int snapshotPageMax,
    PollBounds polls) {
  private static final Duration BOOKMARK_INTERVAL_MAX = Duration.ofSeconds(5);

  public static final WatchSettings DEFAULT =
      new WatchSettings(
          20_000,
          200,
          Duration.ofSeconds(4),
          Duration.ofSeconds(30),
          32 << 10,
          512,
          8,
          200,
          PollBounds.DEFAULT);

  public WatchSettings {
    require(watchersMax > 0, "watchersMax is at least 1");
    require(filterTermsMax > 0, "filterTermsMax is at least 1");
    require(
        bookmarkInterval.compareTo(Duration.ofMillis(100)) >= 0
            && bookmarkInterval.compareTo(BOOKMARK_INTERVAL_MAX) <= 0,
        "bookmarkInterval is 100 ms to " + BOOKMARK_INTERVAL_MAX);
    require(stallTimeout.isPositive(), "stallTimeout is positive");
    require(writeBytesMax > 0, "writeBytesMax is at least 1");
    require(framesKeptMax > 0, "framesKeptMax is at least 1");
    require(replaysMax > 0, "replaysMax is at least 1");
    require(snapshotPageMax > 0, "snapshotPageMax is at least 1");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  public WatchSettings withWatchersMax(int watchers) {
    return new WatchSettings(
        watchers,
        filterTermsMax,
        bookmarkInterval,
        stallTimeout,
        writeBytesMax,
        framesKeptMax,
        replaysMax,
        snapshotPageMax,
        polls);
  }

  public WatchSettings withTimes(Duration bookmarks, Duration stall) {
    return new WatchSettings(
        watchersMax,
        filterTermsMax,
        bookmarks,
        stall,
        writeBytesMax,
        framesKeptMax,
        replaysMax,
        snapshotPageMax,
        polls);
  }

  public WatchSettings withPages(int frames, int snapshotRecords) {
    return new WatchSettings(
        watchersMax,
        filterTermsMax,
        bookmarkInterval,
        stallTimeout,
        writeBytesMax,
        frames,
        replaysMax,
        snapshotRecords,
        polls);
  }

  public WatchSettings withPolls(PollBounds bounds) {
    return new WatchSettings(
        watchersMax,
        filterTermsMax,
        bookmarkInterval,
        stallTimeout,
        writeBytesMax,
        framesKeptMax,
        replaysMax,
        snapshotPageMax,
        bounds);
  }
}
