package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/// Reads who refers to a record. Thread-safe; callers wait for PostgreSQL.
public final class Links {
  private final DataSource reader;

  /// @param reader connections of a user who may act as [LogSchema#WRITER]
  public Links(DataSource reader) {
    this.reader = reader;
  }

  /// A lookup of a record.
  public record Link(RecordRef record, String lookup) {}

  /// @param position of the log at which this was so
  public record Found(long position, List<Link> links) {
    public Found {
      links = List.copyOf(links);
    }
  }

  /// The lookups that refer to `target` now.
  ///
  /// @param limit the most that are wanted
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Found to(RecordRef target, int limit) {
    try (var connection = reader.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT head.position, l.record_id, l.entity_type, l.lookup
                  FROM log.head head
                  LEFT JOIN LATERAL (
                       SELECT record_id, entity_type, lookup
                         FROM log.link
                        WHERE target_id = ? AND target_type = ?
                        LIMIT ?) l ON true
                """)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      statement.setObject(1, target.id());
      statement.setString(2, target.entityType());
      statement.setInt(3, limit);
      var links = new ArrayList<Link>();
      long position = 0;
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          position = rows.getLong("position");
          UUID id = rows.getObject("record_id", UUID.class);
          if (id != null) {
            links.add(
                new Link(
                    new RecordRef(rows.getString("entity_type"), id), rows.getString("lookup")));
          }
        }
      }
      return new Found(position, links);
    } catch (SQLException failure) {
      throw new LogUnreadableException("links to " + target, failure);
    }
  }
}
