package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.AppendOutcome.Repeated;
import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGStatement;

/// Calls `log.append`: one round trip that writes a batch, or says why nothing of it was written.
final class AppendBatch implements AutoCloseable {
  private final PreparedStatement statement;

  /// What the log answers.
  ///
  /// @param headBefore position of the head before the batch
  /// @param moved whether nothing was written because others have appended meanwhile
  /// @param stale streams that are not where they were believed to be, with where they are
  /// @param repeated stored outcomes of command ids in the batch
  /// @param referred records that shall end and have been referred to meanwhile, and definitions of
  ///   entity types that shall go and have been put to use
  record Answer(
      long headBefore,
      boolean moved,
      Instant committedOn,
      Map<RecordRef, Long> stale,
      Map<String, Repeated> repeated,
      Set<RecordRef> referred) {
    boolean written() {
      return !moved && stale.isEmpty() && repeated.isEmpty() && referred.isEmpty();
    }
  }

  AppendBatch(Connection connection) throws SQLException {
    statement =
        connection.prepareStatement(
            """
            SELECT head_before, committed_on, stale_stream, stale_version,
                   repeated, repeated_digest, repeated_outcome, repeated_position, referred, in_use
              FROM log.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                              ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
  }

  Answer write(UUID epoch, long knownPosition, Instant now, Batch batch) throws SQLException {
    new AppendParameters(statement).bind(epoch, knownPosition, now, batch);
    try (var row = statement.executeQuery()) {
      row.next();
      long headBefore = row.getLong("head_before");
      return new Answer(
          headBefore,
          batch.isVerified() && headBefore != knownPosition,
          row.getTimestamp("committed_on").toInstant(),
          stale(row, batch.believed.keySet()),
          repeated(row),
          referred(row, batch));
    }
  }

  private static Map<RecordRef, Long> stale(ResultSet row, Set<RecordRef> believed)
      throws SQLException {
    var ordinals = row.getArray("stale_stream");
    if (ordinals == null) {
      return Map.of();
    }
    var streams = List.copyOf(believed);
    var versions = (Long[]) row.getArray("stale_version").getArray();
    var stale = new HashMap<RecordRef, Long>();
    int i = 0;
    for (Integer ordinal : (Integer[]) ordinals.getArray()) {
      stale.put(streams.get(ordinal - 1), versions[i++]);
    }
    return stale;
  }

  private static Set<RecordRef> referred(ResultSet row, Batch batch) throws SQLException {
    var ended = List.copyOf(batch.alone.keySet());
    var referred = new HashSet<RecordRef>();
    for (int ordinal : ordinals(row, "referred")) {
      referred.add(ended.get(ordinal - 1));
    }
    for (int ordinal : ordinals(row, "in_use")) {
      referred.add(EntityType.stream(batch.removals.get(ordinal - 1).entityType()));
    }
    return referred;
  }

  private static List<Integer> ordinals(ResultSet row, String column) throws SQLException {
    var ordinals = row.getArray(column);
    return ordinals == null ? List.of() : List.of((Integer[]) ordinals.getArray());
  }

  private static Map<String, Repeated> repeated(ResultSet row) throws SQLException {
    var ids = row.getArray("repeated");
    if (ids == null) {
      return Map.of();
    }
    var digests = (byte[][]) row.getArray("repeated_digest").getArray();
    var outcomes = (byte[][]) row.getArray("repeated_outcome").getArray();
    var positions = (Long[]) row.getArray("repeated_position").getArray();
    var repeated = new HashMap<String, Repeated>();
    int i = 0;
    for (String id : (String[]) ids.getArray()) {
      repeated.put(id, new Repeated(digests[i], outcomes[i], positions[i]));
      i++;
    }
    return repeated;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
