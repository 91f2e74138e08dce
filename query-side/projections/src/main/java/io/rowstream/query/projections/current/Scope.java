package io.rowstream.query.projections.current;

import io.rowstream.query.projections.current.ColumnSql.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A row of `view.record` that a statement looks at, and the rows its lookups lead to. For one
/// thread.
final class Scope {
  /// The most rows of related records, collections included, that one query looks at.
  static final int RELATED_MAX = 15;

  private final String row;
  private final String entityType;
  private final Names names;
  private final Map<List<Column.Hop>, String> related = new HashMap<>();
  private final StringBuilder joins = new StringBuilder();

  /// Gives rows names, in the whole of a statement.
  private static final class Names {
    private int given;

    String next() {
      if (++given > RELATED_MAX) {
        throw new BadQueryException("a query looks at " + RELATED_MAX + " related records at most");
      }
      return "r" + given;
    }
  }

  private Scope(String row, String entityType, Names names) {
    this.row = row;
    this.entityType = entityType;
    this.names = names;
  }

  /// The listed record, `view.record r`.
  static Scope of(String entityType) {
    return new Scope("r", entityType, new Names());
  }

  /// A row of its own within a subquery of the same statement.
  Scope within(String otherType) {
    return new Scope(names.next(), otherType, names);
  }

  String row() {
    return row;
  }

  String entityType() {
    return entityType;
  }

  /// The row that lookups lead to; all null where they lead to none.
  String row(List<Column.Hop> hops) {
    String known = related.get(hops);
    if (known != null) {
      return known;
    }
    String from = hops.size() == 1 ? row : row(hops.subList(0, hops.size() - 1));
    String joined = names.next();
    joins.append(join(joined, hops.getLast(), from));
    related.put(List.copyOf(hops), joined);
    return joined;
  }

  private static String join(String joined, Column.Hop hop, String from) {
    return " LEFT JOIN view.record %1$s ON %1$s.entity_type = '%2$s' AND %1$s.id = %3$s AND NOT %1$s.deleted"
        .formatted(joined, hop.target(), target(hop, ColumnSql.ofRow(hop.lookup(), from)));
  }

  private static String target(Column.Hop hop, ColumnSql lookup) {
    if (lookup.kind() == Kind.GUID) {
      return lookup.stored();
    }
    String prefix = hop.target() + "/";
    return "(CASE WHEN starts_with(%1$s, '%2$s') THEN substr(%1$s, %3$d)::uuid END)"
        .formatted(lookup.stored(), prefix, prefix.length() + 1);
  }

  /// The joins of all related rows; complete when everything else of the statement is.
  String joins() {
    return joins.toString();
  }
}
