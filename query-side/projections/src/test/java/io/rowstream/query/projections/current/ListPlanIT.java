package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How PostgreSQL carries out what a page and its count are asked with.
class ListPlanIT {
  private static final int RECORDS = 20;

  @Test
  void all_records_are_counted_once_however_many_are_on_the_page() throws Exception {
    try (var database = ViewDatabase.create()) {
      var projection = database.projection(database.feed());
      long last = 0;
      for (int i = 0; i < RECORDS; i++) {
        var created = new RecordCreated(Map.of("name", Value.text("widget " + i)));
        last = database.writer().append(Widgets.ref(i), created);
      }
      assertThat(projection.await(last, Duration.ofSeconds(30))).isTrue();

      var plan = plan(database, new PageQuery(Widgets.TYPE, null, List.of(), null, 10, true));

      assertThat(plan).filteredOn(line -> line.contains("Aggregate")).hasSize(1);
      assertThat(plan)
          .filteredOn(line -> line.contains("Aggregate"))
          .allMatch(line -> line.contains("loops=1)"));
    }
  }

  private static List<String> plan(ViewDatabase database, PageQuery query) throws Exception {
    var sql = ListRecords.sql(query, 10);
    var plan = new ArrayList<String>();
    try (var connection = database.owner().getConnection();
        var statement = connection.prepareStatement("EXPLAIN (ANALYZE) " + sql.text())) {
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
    }
    return plan;
  }
}
