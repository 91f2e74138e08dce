package io.rowstream.eventlog;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.ClaimEvent.Claimed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Reads where streams end and who holds claims. Thread-safe; callers wait for PostgreSQL.
///
/// What is committed when it is asked is in the answer.
public final class Claims {
  private static final String SQL =
      """
      SELECT wanted.ordinal, ended.version, ended.payload
        FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS wanted (entity_type, id, ordinal)
        JOIN LATERAL (
             SELECT version, CASE WHEN entity_type = ? THEN payload END AS payload
               FROM log.event
              WHERE record_id = wanted.id AND entity_type = wanted.entity_type
              ORDER BY version DESC
              LIMIT 1) ended ON true
      """;

  private final DataSource reader;

  /// @param reader connections that may read the log
  public Claims(DataSource reader) {
    this.reader = reader;
  }

  /// Where a stream ends.
  ///
  /// @param version of its last event
  /// @param holder who holds it, if it is a claim that somebody holds
  public record Standing(long version, @Nullable RecordRef holder) {}

  /// The record that holds a claim now.
  public Optional<RecordRef> holder(RecordRef claim) {
    return Optional.ofNullable(standing(List.of(claim)).get(claim)).map(Standing::holder);
  }

  /// Where streams end, records' and claims'; those without events are missing.
  ///
  /// @throws LogUnreadableException if PostgreSQL did not answer
  public Map<RecordRef, Standing> standing(Collection<RecordRef> streams) {
    var wanted = List.copyOf(streams);
    try (var connection = reader.getConnection();
        var statement = connection.prepareStatement(SQL)) {
      bind(connection, statement, wanted);
      var standing = new HashMap<RecordRef, Standing>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          standing.put(
              wanted.get(rows.getInt("ordinal") - 1),
              new Standing(rows.getLong("version"), holder(rows)));
        }
      }
      return standing;
    } catch (SQLException failure) {
      throw new LogUnreadableException("claims", failure);
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, List<RecordRef> wanted)
      throws SQLException {
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    statement.setArray(
        1,
        connection.createArrayOf(
            "text", wanted.stream().map(RecordRef::entityType).toArray(String[]::new)));
    statement.setArray(
        2, connection.createArrayOf("uuid", wanted.stream().map(RecordRef::id).toArray()));
    statement.setString(3, Claim.STREAM);
  }

  private static @Nullable RecordRef holder(ResultSet row) throws SQLException {
    byte[] payload = row.getBytes("payload");
    return payload != null && EventJson.read(payload).event() instanceof Claimed(RecordRef by)
        ? by
        : null;
  }
}
