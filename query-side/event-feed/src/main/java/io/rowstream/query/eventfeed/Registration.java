package io.rowstream.query.eventfeed;

/// A listener's place at the feed, given up by closing it; a second close does nothing.
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
