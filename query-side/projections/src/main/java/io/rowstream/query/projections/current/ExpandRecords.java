package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.query.projections.current.Expanded.Related;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads the records related to some others: one statement for each query, however many records
/// there are.
record ExpandRecords(Connection connection, Expanded expanded) {

  void run(List<RelatedQuery> queries, List<RecordState> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    for (RelatedQuery query : queries) {
      Map<RecordRef, Related> found =
          switch (query.link()) {
            case RelatedQuery.Link.One(Column lookup) -> one(query, lookup, records);
            case RelatedQuery.Link.Many many -> many(query, many, records);
          };
      expanded.put(query, found);
      Map<RecordRef, RecordState> next = new LinkedHashMap<>();
      found
          .values()
          .forEach(each -> each.records().forEach(state -> next.put(state.record(), state)));
      run(query.nested(), List.copyOf(next.values()));
    }
  }

  private Map<RecordRef, Related> one(RelatedQuery query, Column lookup, List<RecordState> records)
      throws SQLException {
    Map<RecordRef, RecordRef> targets = new HashMap<>();
    for (RecordState record : records) {
      RecordRef target = target(lookup, record, query.type().name());
      if (target != null) {
        targets.put(record.record(), target);
      }
    }
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS).add(" FROM view.record r");
    sql.bind(" WHERE r.entity_type = ? AND NOT r.deleted", query.type().name());
    sql.bind(" AND r.id = ANY (?::uuid[])", ids(targets.values().stream().distinct().toList()));
    Map<RecordRef, Related> byTarget = new HashMap<>();
    read(
        sql,
        query,
        1,
        (_, state) -> byTarget.put(state.record(), new Related(List.of(state), false)));
    Map<RecordRef, Related> found = new HashMap<>();
    targets.forEach((record, target) -> {
      Related related = byTarget.get(target);
      if (related != null) {
        found.put(record, related);
      }
    });
    return found;
  }

  private static @Nullable RecordRef target(Column lookup, RecordState record, String type) {
    return switch (ColumnSql.key(lookup, record)) {
      case Value.Lookup(var target) when target.entityType().equals(type) -> target;
      case Value.Guid(UUID user) -> new RecordRef(type, user);
      case Value _ -> null;
    };
  }

  private Map<RecordRef, Related> many(
      RelatedQuery query, RelatedQuery.Link.Many link, List<RecordState> records)
      throws SQLException {
    var scope = Scope.of(query.type().name());
    var rest = new Sql();
    if (query.filter() != null) {
      rest.add(" AND ");
      new FilterSql(scope, rest).add(query.filter());
    }
    new KeysetSql(scope, rest).addOrderBy(query.orders());
    rest.bind(" LIMIT ?", query.limit() + 1);
    var owners = records.stream().map(RecordState::record).distinct().toList();
    var sql = new Sql().bind("SELECT p.id, q.* FROM unnest(?::uuid[])", ids(owners));
    sql.add(" WITH ORDINALITY AS p (id, nth) CROSS JOIN LATERAL (SELECT r.id AS rid, ");
    sql.add(RecordRow.COLUMNS).add(", row_number() OVER (");
    new KeysetSql(scope, sql).addOrderBy(query.orders());
    sql.add(") AS nth FROM view.link l JOIN view.record r");
    sql.add(" ON r.entity_type = l.entity_type AND r.id = l.id").add(scope.joins());
    sql.bind(" WHERE l.target_id = p.id AND l.target_type = ?", owners.getFirst().entityType());
    sql.bind(" AND l.entity_type = ?", query.type().name());
    sql.bind(" AND l.lookup = ?", link.lookup().name()).add(rest);
    sql.add(") q ORDER BY p.nth, q.nth");
    sql.bind(" LIMIT ?", RelatedQuery.RECORDS_MAX + 1);
    return collect(query, owners.getFirst().entityType(), sql);
  }

  private Map<RecordRef, Related> collect(RelatedQuery query, String ownerType, Sql sql)
      throws SQLException {
    Map<RecordRef, List<RecordState>> found = new LinkedHashMap<>();
    read(
        sql,
        query,
        2,
        (owner, state) ->
            found
                .computeIfAbsent(new RecordRef(ownerType, owner), _ -> new ArrayList<>())
                .add(state));
    int limit = query.limit();
    Map<RecordRef, Related> related = new HashMap<>();
    found.forEach((owner, states) ->
        related.put(
            owner,
            new Related(states.subList(0, Math.min(limit, states.size())), states.size() > limit)));
    return related;
  }

  private interface Row {
    void accept(UUID firstColumn, RecordState state);
  }

  /// @param first the number of the column with the related record's id
  private void read(Sql sql, RelatedQuery query, int first, Row row) throws SQLException {
    int count = 0;
    try (var statement = connection.prepareStatement(sql.text())) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          if (++count > RelatedQuery.RECORDS_MAX) {
            throw new BadQueryException(
                "$expand leads to more than " + RelatedQuery.RECORDS_MAX + " records; use $top");
          }
          var record = new RecordRef(query.type().name(), rows.getObject(first, UUID.class));
          row.accept(rows.getObject(1, UUID.class), RecordRow.state(record, rows, first + 1));
        }
      }
    }
  }

  private static String[] ids(List<RecordRef> records) {
    return records.stream().map(record -> record.id().toString()).toArray(String[]::new);
  }
}
