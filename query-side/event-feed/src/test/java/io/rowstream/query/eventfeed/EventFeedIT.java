package io.rowstream.query.eventfeed;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.testkit.EventFeedContract;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

class EventFeedIT extends EventFeedContract {

  @Override
  protected Feed start(DataSource reader, int ringEventsMax) {
    var settings =
        EventFeedSettings.DEFAULT.withRing(ringEventsMax, 1 << 20).withPages(37, 10_000, 4);
    return new Feed() {
      private final EventFeed feed = EventFeed.start(reader, settings);

      @Override
      public long position() {
        return feed.position();
      }

      @Override
      public boolean await(long position, Duration wait) throws InterruptedException {
        return feed.await(position, wait);
      }

      @Override
      public List<List<LoggedEvent>> unitsAfter(long position, int eventsMax) {
        return feed.unitsAfter(position, eventsMax).stream().map(Unit::events).toList();
      }

      @Override
      public void close() {
        feed.close();
      }
    };
  }
}
