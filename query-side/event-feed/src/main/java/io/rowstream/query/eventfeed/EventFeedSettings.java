package io.rowstream.query.eventfeed;

import java.time.Duration;

/// The bounds of a feed.
///
/// @param ringEventsMax events kept in memory, decoded; readers further behind are served from
///   PostgreSQL
/// @param ringBytesMax payload bytes of the events kept in memory
/// @param pageEventsMax events read from PostgreSQL at once
/// @param pageBytesMax payload bytes read at once, exceeded by at most one event
/// @param pagesCachedMax pages of older events kept for readers of the same range
/// @param pollInterval the longest an event waits when every wake-up is lost; at most 1 s
/// @param readTimeout after which a silent connection is given up, whole seconds, at most 5 s
/// @param reconnectInterval the least time between two attempts to connect, at least 1 s
/// @param startTimeout how long a start waits for the database
public record EventFeedSettings(
    int ringEventsMax,
    long ringBytesMax,
    int pageEventsMax,
    long pageBytesMax,
    int pagesCachedMax,
    Duration pollInterval,
    Duration readTimeout,
    Duration reconnectInterval,
    Duration startTimeout) {

  private static final Duration POLL_INTERVAL_MAX = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT_MAX = Duration.ofSeconds(5);
  private static final Duration RECONNECT_INTERVAL_MIN = Duration.ofSeconds(1);

  public static final EventFeedSettings DEFAULT =
      new EventFeedSettings(
          65_536,
          64L << 20,
          2_000,
          4L << 20,
          16,
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  public EventFeedSettings {
    require(ringEventsMax > 0, "ringEventsMax is at least 1");
    require(ringBytesMax > 0, "ringBytesMax is at least 1");
    require(pageEventsMax > 0, "pageEventsMax is at least 1");
    require(pageBytesMax > 0, "pageBytesMax is at least 1");
    require(pagesCachedMax > 0, "pagesCachedMax is at least 1");
    require(
        pollInterval.isPositive() && pollInterval.compareTo(POLL_INTERVAL_MAX) <= 0,
        "pollInterval is at most " + POLL_INTERVAL_MAX);
    require(
        readTimeout.toSeconds() >= 1 && readTimeout.compareTo(READ_TIMEOUT_MAX) <= 0,
        "readTimeout is 1 s to " + READ_TIMEOUT_MAX);
    require(
        reconnectInterval.compareTo(RECONNECT_INTERVAL_MIN) >= 0,
        "reconnectInterval is at least " + RECONNECT_INTERVAL_MIN);
    require(startTimeout.isPositive(), "startTimeout is positive");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  public EventFeedSettings withRing(int eventsMax, long bytesMax) {
    return new EventFeedSettings(
        eventsMax,
        bytesMax,
        pageEventsMax,
        pageBytesMax,
        pagesCachedMax,
        pollInterval,
        readTimeout,
        reconnectInterval,
        startTimeout);
  }

  public EventFeedSettings withPages(int eventsMax, long bytesMax, int cachedMax) {
    return new EventFeedSettings(
        ringEventsMax,
        ringBytesMax,
        eventsMax,
        bytesMax,
        cachedMax,
        pollInterval,
        readTimeout,
        reconnectInterval,
        startTimeout);
  }

  public EventFeedSettings withPollInterval(Duration interval) {
    return new EventFeedSettings(
        ringEventsMax,
        ringBytesMax,
        pageEventsMax,
        pageBytesMax,
        pagesCachedMax,
        interval,
        readTimeout,
        reconnectInterval,
        startTimeout);
  }

  public EventFeedSettings withStartTimeout(Duration timeout) {
    return new EventFeedSettings(
        ringEventsMax,
        ringBytesMax,
        pageEventsMax,
        pageBytesMax,
        pagesCachedMax,
        pollInterval,
        readTimeout,
        reconnectInterval,
        timeout);
  }
}
