package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.query.projections.current.ColumnSql.Kind;
import io.rowstream.query.projections.current.GroupQuery.Aggregate;
import io.rowstream.query.projections.current.GroupQuery.Function;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.UUID;

/// Reads one page of groups.
final class GroupRecords {
  private final GroupQuery query;
  private final Scope scope;
  private final GroupSql groups;

  private GroupRecords(GroupQuery query) {
    this.query = query;
    scope = Scope.of(query.type().name());
    groups = new GroupSql(scope);
  }

  /// @param connection in a transaction that keeps to one snapshot
  /// @param position of the records in it
  static Groups run(Connection connection, GroupQuery query, long position) throws SQLException {
    return new GroupRecords(query).read(connection, position);
  }

  private Groups read(Connection connection, long position) throws SQLException {
    var found = new ArrayList<Groups.Group>();
    boolean more = false;
    var sql = sql();
    try (var statement = connection.prepareStatement(sql.text())) {
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getLong(1) > GroupQuery.GROUPS_MAX) {
            throw new BadQueryException(
                "$apply makes more than "
                    + GroupQuery.GROUPS_MAX
                    + " groups; narrow it down with $filter");
          }
          more = found.size() == query.limit();
          if (!more) {
            found.add(group(rows));
          }
        }
      }
    }
    return new Groups(found, position, more);
  }

  /// All groups are made to count them; sorted and sent are those of the page.
  private Sql sql() {
    int keys = query.keys().size();
    var inner = new Sql().add("SELECT ");
    String before = "";
    for (int i = 0; i < keys; i++) {
      inner.add(before).add(groups.key(query.keys().get(i))).add(" AS k" + i);
      before = ", ";
    }
    for (int i = 0; i < keys; i++) {
      inner.add(before).add(groups.shown(query.keys().get(i))).add(" AS s" + i);
    }
    for (int i = 0; i < query.aggregates().size(); i++) {
      inner.add(before).add(groups.aggregate(query.aggregates().get(i))).add(" AS a" + i);
      before = ", ";
    }
    var where = ListRecords.where(scope, query.filter());
    if (query.after() != null) {
      groups.addAfter(where, query.keys(), query.after());
    }
    inner.add(" FROM view.record r").add(scope.joins()).add(where);
    addKeys(inner, " GROUP BY ", keys, "");
    inner.bind(" LIMIT ?", GroupQuery.GROUPS_MAX + 1);
    var sql = new Sql().add("SELECT count(*) OVER (), g.* FROM (").add(inner).add(") g");
    addKeys(sql, " ORDER BY ", keys, " ASC NULLS FIRST");
    return sql.bind(" LIMIT ?", query.limit() + 1);
  }

  private static void addKeys(Sql sql, String first, int keys, String suffix) {
    for (int i = 0; i < keys; i++) {
      sql.add(i == 0 ? first : ", ").add("k" + i).add(suffix);
    }
  }

  private Groups.Group group(ResultSet rows) throws SQLException {
    var keys = new ArrayList<Value>();
    var aggregates = new ArrayList<Value>();
    int at = 2 + query.keys().size();
    for (Column key : query.keys()) {
      keys.add(value(key, ColumnSql.of(key, scope).kind(), rows, at++));
    }
    for (Aggregate aggregate : query.aggregates()) {
      aggregates.add(value(aggregate, rows, at++));
    }
    return new Groups.Group(keys, aggregates);
  }

  private Value value(Aggregate aggregate, ResultSet rows, int at) throws SQLException {
    var column = aggregate.column();
    if (column == null || aggregate.function() == Function.COUNT_DISTINCT) {
      return new Value.Whole(rows.getLong(at));
    }
    Kind kind = groups.column(aggregate).kind();
    return aggregate.function() == Function.AVERAGE && rows.getObject(at) != null
        ? new Value.Decimal(rows.getBigDecimal(at))
        : value(column, kind, rows, at);
  }

  private static Value value(Column column, Kind kind, ResultSet rows, int at) throws SQLException {
    if (rows.getObject(at) == null) {
      return Value.empty();
    }
    return switch (kind) {
      case TEXT -> new Value.Text(rows.getString(at));
      case NUMBER -> number(column, rows.getBigDecimal(at));
      case YES_NO -> new Value.YesNo(rows.getBoolean(at));
      case GUID -> new Value.Guid(rows.getObject(at, UUID.class));
      case LOOKUP -> new Value.Lookup(RecordRef.parse(rows.getString(at)));
      case TIME -> new Value.DateTime(Instant.parse(rows.getString(at) + "Z"));
      case SECOND ->
          new Value.DateTime(rows.getObject(at, LocalDateTime.class).toInstant(ZoneOffset.UTC));
    };
  }

  private static Value number(Column column, BigDecimal number) {
    return isWhole(column) && number.toBigInteger().bitLength() < Long.SIZE
        ? new Value.Whole(number.longValue())
        : new Value.Decimal(number);
  }

  private static boolean isWhole(Column column) {
    return switch (column) {
      case Column.Own _ -> true;
      case Column.Of(Attribute attribute) ->
          !(attribute.type() instanceof AttributeType.Decimal
              || attribute.type() instanceof AttributeType.Money);
      case Column.Related(_, var last) -> isWhole(last);
      case Column.FirstOf _ -> false;
    };
  }
}
