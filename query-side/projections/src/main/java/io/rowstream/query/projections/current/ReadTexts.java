package io.rowstream.query.projections.current;

import io.rowstream.language.RecordRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads one text of each of some records.
final class ReadTexts {

  private ReadTexts() {}

  /// @param attributes the name of an attribute for each record
  /// @return without the records that are not there or hold no text
  static Map<RecordRef, String> run(Connection connection, Map<RecordRef, String> attributes)
      throws SQLException {
    var records = attributes.keySet();
    var sql =
        new Sql()
            .add("SELECT r.entity_type, r.id, r.attributes ->> t.attribute FROM ")
            .bind("unnest(?::text[]", texts(records.stream().map(RecordRef::entityType)))
            .bind(", ?::uuid[]", texts(records.stream().map(record -> record.id().toString())))
            .bind(", ?::text[])", texts(attributes.values().stream()))
            .add(
                """
                 AS t (entity_type, id, attribute)
                  JOIN view.record r ON r.entity_type = t.entity_type AND r.id = t.id
                 WHERE NOT r.deleted AND jsonb_typeof(r.attributes -> t.attribute) = 'string'
                """);
    Map<RecordRef, String> found = new HashMap<>();
    try (var statement = connection.prepareStatement(sql.text())) {
      sql.setValues(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(
              new RecordRef(rows.getString(1), rows.getObject(2, UUID.class)), rows.getString(3));
        }
      }
    }
    return found;
  }

  private static String[] texts(Stream<String> texts) {
    return texts.toArray(String[]::new);
  }
}
