package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings `view.record` from one position to a later one.
final class ProjectRecords {

  private ProjectRecords() {}

  /// @return false if the projection is not at `from` any more: another node was faster
  static boolean run(
      Connection connection, UUID epoch, long from, long to, Collection<RowChange> changes)
      throws SQLException {
    try (var call =
        connection.prepareStatement(
            "SELECT view.project_records(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setObject(1, epoch);
      call.setLong(2, from);
      call.setLong(3, to);
      var rows = new Rows(connection, List.copyOf(changes));
      call.setArray(4, rows.of("text", change -> change.record().entityType()));
      call.setArray(5, rows.of("uuid", change -> change.record().id()));
      call.setArray(6, rows.of("int8", RowChange::version));
      call.setArray(7, rows.of("int8", RowChange::position));
      call.setArray(8, rows.of("bool", RowChange::deleted));
      call.setArray(9, rows.of("bool", RowChange::whole));
      call.setArray(10, rows.of("text", change -> AttributesJson.write(change.values())));
      call.setArray(11, rows.of("timestamptz", RowChange::createdOn));
      call.setArray(12, rows.of("uuid", RowChange::createdBy));
      call.setArray(13, rows.of("timestamptz", RowChange::modifiedOn));
      call.setArray(14, rows.of("uuid", RowChange::modifiedBy));
      var links = links(rows.changes);
      call.setArray(15, array(connection, "int4", links, Link::row));
      call.setArray(16, array(connection, "text", links, Link::lookup));
      call.setArray(17, array(connection, "text", links, Link::targetType));
      call.setArray(18, array(connection, "uuid", links, Link::targetId));
      try (var result = call.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /// Where one lookup refers to now.
  ///
  /// @param row the number of the change in its list, from 1
  /// @param target null for nothing
  private record Link(int row, String lookup, @Nullable RecordRef target) {
    @Nullable String targetType() {
      return target == null ? null : target.entityType();
    }

    @Nullable UUID targetId() {
      return target == null ? null : target.id();
    }
  }

  private static List<Link> links(List<RowChange> changes) {
    var links = new ArrayList<Link>();
    for (int i = 0; i < changes.size(); i++) {
      int row = i + 1;
      changes
          .get(i)
          .links()
          .forEach((lookup, target) -> links.add(new Link(row, lookup, target.orElse(null))));
    }
    return links;
  }

  private record Rows(Connection connection, List<RowChange> changes) {
    Array of(String type, Function<RowChange, @Nullable Object> column) throws SQLException {
      return array(connection, type, changes, column);
    }
  }

  private static <T> Array array(
      Connection connection, String type, List<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }
}
