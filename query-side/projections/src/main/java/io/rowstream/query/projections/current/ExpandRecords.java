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

/// Reads the records related to some others: one statement for each expansion, however many records
/// there are.
record ExpandRecords(Connection connection, Expanded expanded) {

  void run(List<Expansion> expansions, List<RecordState> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    for (Expansion expansion : expansions) {
      Map<RecordRef, Related> found =
          switch (expansion.link()) {
            case Expansion.Link.One(Column lookup) -> one(expansion, lookup, records);
            case Expansion.Link.Many many -> many(expansion, many, records);
          };
      expanded.put(expansion, found);
      run(
          expansion.nested(),
          found.values().stream().flatMap(each -> each.records().stream()).distinct().toList());
    }
  }

  private Map<RecordRef, Related> one(Expansion expansion, Column lookup, List<RecordState> records)
      throws SQLException {
    Map<RecordRef, RecordRef> targets = new HashMap<>();
    for (RecordState record : records) {
      RecordRef target = target(lookup, record, expansion.type().name());
      if (target != null) {
        targets.put(record.record(), target);
      }
    }
    var sql = new Sql().add("SELECT r.id, ").add(RecordRow.COLUMNS).add(" FROM view.record r");
    sql.bind(" WHERE r.entity_type = ? AND NOT r.deleted", expansion.type().name());
    sql.bind(" AND r.id = ANY (?::uuid[])", ids(targets.values().stream().distinct().toList()));
    Map<RecordRef, Related> byTarget = new HashMap<>();
    read(
        sql,
        expansion,
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
      Expansion expansion, Expansion.Link.Many link, List<RecordState> records)
      throws SQLException {
    var scope = Scope.of(expansion.type().name());
    var rest = new Sql();
    if (expansion.filter() != null) {
      rest.add(" AND ");
      new FilterSql(scope, rest).add(expansion.filter());
    }
    new KeysetSql(scope, rest).addOrderBy(expansion.orders());
    rest.bind(" LIMIT ?", expansion.limit() + 1);
    var owners = records.stream().map(RecordState::record).distinct().toList();
    var sql = new Sql().bind("SELECT p.id, q.* FROM unnest(?::uuid[])", ids(owners));
    sql.add(" WITH ORDINALITY AS p (id, nth) CROSS JOIN LATERAL (SELECT r.id AS rid, ");
    sql.add(RecordRow.COLUMNS).add(", row_number() OVER (");
    new KeysetSql(scope, sql).addOrderBy(expansion.orders());
    sql.add(") AS nth FROM view.link l JOIN view.record r");
    sql.add(" ON r.entity_type = l.entity_type AND r.id = l.id").add(scope.joins());
    sql.bind(" WHERE l.target_id = p.id AND l.target_type = ?", owners.getFirst().entityType());
    sql.bind(" AND l.entity_type = ?", expansion.type().name());
    sql.bind(" AND l.lookup = ?", link.lookup().name()).add(rest);
    sql.add(") q ORDER BY p.nth, q.nth");
    sql.bind(" LIMIT ?", Expansion.RECORDS_MAX + 1);
    return collect(expansion, owners.getFirst().entityType(), sql);
  }

  private Map<RecordRef, Related> collect(Expansion expansion, String ownerType, Sql sql)
      throws SQLException {
    Map<RecordRef, List<RecordState>> found = new LinkedHashMap<>();
    read(
        sql,
        expansion,
        2,
        (owner, state) ->
            found
                .computeIfAbsent(new RecordRef(ownerType, owner), _ -> new ArrayList<>())
                .add(state));
    int limit = expansion.limit();
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
  private void read(Sql sql, Expansion expansion, int first, Row row) throws SQLException {
    int count = 0;
    try (var statement = connection.prepareStatement(sql.text())) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          if (++count > Expansion.RECORDS_MAX) {
            throw new BadQueryException(
                "$expand leads to more than " + Expansion.RECORDS_MAX + " records; use $top");
          }
          var record = new RecordRef(expansion.type().name(), rows.getObject(first, UUID.class));
          row.accept(rows.getObject(1, UUID.class), RecordRow.state(record, rows, first + 1));
        }
      }
    }
  }

  private static String[] ids(List<RecordRef> records) {
    return records.stream().map(record -> record.id().toString()).toArray(String[]::new);
  }
}
