package io.rowstream.query.eventfeed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/// A feed's numbers, for an application that has Micrometer.
public record EventFeedMetrics(EventFeed feed) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("rowstream.feed.position", feed, EventFeed::position)
        .description("last position read")
        .register(registry);
    Gauge.builder("rowstream.feed.behind", feed, f -> f.health().eventsBehind())
        .description("events known to be in the log and not read yet")
        .register(registry);
    Gauge.builder("rowstream.feed.silence", feed, f -> f.health().sinceLastRead().toNanos() / 1e9)
        .description("time since the log was last read")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("rowstream.feed.up", feed, f -> f.health().isUp() ? 1 : 0)
        .description("1 when the log is being followed")
        .register(registry);
    Gauge.builder("rowstream.feed.ring.events", feed, EventFeed::eventsInMemory)
        .description("events kept in memory")
        .register(registry);
    Gauge.builder("rowstream.feed.ring.size", feed, EventFeed::bytesInMemory)
        .description("payload of the events kept in memory")
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("rowstream.feed.pages", feed, EventFeed::pagesRead)
        .description("pages read from PostgreSQL for readers behind the ring")
        .register(registry);
  }
}
