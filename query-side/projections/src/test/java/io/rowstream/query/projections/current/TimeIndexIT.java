package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Value;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.query.projections.current.Filter.Compare;
import io.rowstream.query.projections.current.Filter.Comparison;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ranges of time are served by the indexes the README tells how to make.
class TimeIndexIT {
  private static final Instant FROM = Instant.parse("2026-05-01T12:00:00Z");

  record Served(String index, Column column) {
    @Override
    public String toString() {
      return index;
    }
  }

  static Stream<Served> served() {
    return Stream.of(
        new Served(
            "(rtrim(attributes -> 'madeon' ->> 'time', 'Z') COLLATE \"C\")",
            new Column.Of(Widgets.attribute("madeon"))),
        new Served("date_trunc('second', created_on AT TIME ZONE 'UTC')", Column.Own.CREATED_ON));
  }

  @ParameterizedTest
  @MethodSource("served")
  void a_range_of_time_is_read_from_an_index(Served each) throws SQLException {
    var filter =
        new Filter.And(
            List.of(
                new Compare(each.column, Comparison.AFTER_OR_EQUAL, new Value.DateTime(FROM)),
                new Compare(
                    each.column, Comparison.BEFORE, new Value.DateTime(FROM.plusSeconds(9)))));
    var scope = Scope.of("widget");
    var sql =
        new Sql()
            .add("EXPLAIN SELECT r.id FROM view.record r WHERE r.entity_type = 'widget'")
            .add(" AND NOT r.deleted AND ");
    new FilterSql(scope, sql).add(filter);

    try (var database = ViewDatabase.create();
        var connection = database.owner().getConnection();
        var setup = connection.createStatement()) {
      setup.execute(
          "CREATE INDEX fits ON view.record ("
              + each.index
              + ") WHERE entity_type = 'widget' AND NOT deleted");
      setup.execute("SET enable_seqscan = off");
      try (var statement = connection.prepareStatement(sql.text())) {
        sql.setValues(statement);
        var plan = new StringBuilder();
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            plan.append(rows.getString(1)).append('\n');
          }
        }
        assertThat(plan).contains("fits").containsPattern("Index Cond: .*>=.*<");
      }
    }
  }
}
