package io.rowstream.query.eventfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rowstream.testkit.LogDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The two connections a feed holds: past the pool, named, and without the right to append.
class OwnConnectionsIT {

  @Test
  void they_are_not_the_pools() throws Exception {
    try (var database = LogDatabase.create();
        var pool = new HikariDataSource()) {
      pool.setJdbcUrl(database.jdbcUrl());
      pool.setUsername(database.user());
      pool.setPassword(database.password());
      pool.setConnectionInitSql("SET ROLE rowstream_reader");
      pool.setMaximumPoolSize(1);
      pool.getConnection().close();
      try (var feed = EventFeed.start(pool, EventFeedSettings.DEFAULT)) {
        await().until(() -> feed.health().listening());

        assertThat(names(database)).containsExactly("rowstream listener", "rowstream tailer");
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
      await().until(() -> names(database).isEmpty());
    }
  }

  @Test
  void they_cannot_append_even_if_the_data_source_could() throws Exception {
    try (var database = LogDatabase.create()) {
      var route = new Route(database::owner);
      try (var feed = EventFeed.start(route, EventFeedSettings.DEFAULT)) {
        await().until(() -> feed.health().listening());
        assertThat(route.opened()).hasSize(2);

        for (Connection connection : route.opened()) {
          for (var forbidden :
              List.of(
                  "INSERT INTO log.event SELECT * FROM log.event",
                  "UPDATE log.head SET position = 0",
                  "DELETE FROM log.event",
                  "TRUNCATE log.event")) {
            assertThatThrownBy(() -> execute(connection, forbidden))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
          }
        }
      }
    }
  }

  @Test
  void the_feeds_numbers_can_be_read() throws Exception {
    try (var database = LogDatabase.create();
        var feed = EventFeed.start(database.reader(), Sample.QUICK)) {
      var meters = new SimpleMeterRegistry();
      new EventFeedMetrics(feed).bindTo(meters);
      var last = database.writer().append(Sample.contact(), Sample.created("n"));
      assertThat(feed.await(last, Sample.SOON)).isTrue();

      assertThat(meters.get("rowstream.feed.position").gauge().value()).isEqualTo(1);
      assertThat(meters.get("rowstream.feed.up").gauge().value()).isEqualTo(1);
      assertThat(meters.get("rowstream.feed.ring.events").gauge().value()).isEqualTo(1);
      assertThat(meters.get("rowstream.feed.pages").functionCounter().count()).isZero();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> names(LogDatabase database) throws SQLException {
    var names = new ArrayList<String>();
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'rowstream%' ORDER BY application_name")) {
      while (rows.next()) {
        names.add(rows.getString("application_name"));
      }
    }
    return names;
  }
}
