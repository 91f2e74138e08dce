package io.rowstream.query.projections.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.query.projections.Widgets;
import io.rowstream.query.projections.current.GroupQuery.Aggregate;
import io.rowstream.query.projections.current.GroupQuery.Function;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The bound of groups, over rows that no log has.
class GroupRecordsIT {

  private static GroupQuery query(@Nullable Filter filter, String key, int limit) {
    return new GroupQuery(
        Widgets.TYPE,
        filter,
        List.of(new Column.Of(Widgets.attribute(key))),
        List.of(new Aggregate(Function.COUNT, null)),
        null,
        limit);
  }

  private static void insert(ViewDatabase database, int from, int to) {
    database.rows(
        """
        INSERT INTO view.record (entity_type, id, version, position, deleted, attributes,
                                 created_on, created_by, modified_on, modified_by)
        SELECT 'widget', gen_random_uuid(), 0, 0, false, jsonb_build_object('size', n, 'color', n %% 2),
               now(), gen_random_uuid(), now(), gen_random_uuid()
          FROM generate_series(%d, %d) n
        RETURNING 1
        """
            .formatted(from, to));
  }

  @Test
  void a_query_that_makes_too_many_groups_is_refused() {
    try (var database = ViewDatabase.create()) {
      var records = database.currentRecords(database.projection(database.feed()));
      insert(database, 1, GroupQuery.GROUPS_MAX);

      var most = records.groups(query(null, "size", 10));
      assertThat(most.groups()).hasSize(10);
      assertThat(most.more()).isTrue();

      insert(database, GroupQuery.GROUPS_MAX + 1, GroupQuery.GROUPS_MAX + 1);
      assertThatExceptionOfType(BadQueryException.class)
          .isThrownBy(() -> records.groups(query(null, "size", 10)))
          .withMessageContaining("50000");
      assertThat(records.groups(query(null, "color", 10)).groups()).hasSize(2);
      assertThat(records.groups(query(new Filter.Or(List.of()), "size", 10)).groups()).isEmpty();
    }
  }

  @Test
  void what_cannot_be_grouped_or_summed_is_refused() {
    try (var database = ViewDatabase.create()) {
      var records = database.currentRecords(database.projection(database.feed()));

      for (var wrong :
          List.of(
              query(null, "madeon", 1),
              new GroupQuery(
                  Widgets.TYPE,
                  null,
                  List.of(),
                  List.of(new Aggregate(Function.SUM, new Column.Of(Widgets.attribute("name")))),
                  null,
                  1),
              new GroupQuery(
                  Widgets.TYPE,
                  null,
                  List.of(),
                  List.of(new Aggregate(Function.MIN, new Column.Of(Widgets.attribute("owner")))),
                  null,
                  1))) {
        assertThatExceptionOfType(BadQueryException.class).isThrownBy(() -> records.groups(wrong));
      }
      assertThatExceptionOfType(BadQueryException.class)
          .isThrownBy(() -> query(null, "size", PageQuery.PAGE_SIZE_MAX + 1));
    }
  }
}
