package io.rowstream.command.eventstore;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Where the running numbers of auto-number attributes go on. Thread-safe.
public final class NumberSeeds {
  private final DataSource dataSource;

  /// A sequence as it stands.
  ///
  /// @param seed where it was last told to go on
  /// @param next the number of the record created next
  /// @param given the highest number ever given; null if none was
  public record Standing(long seed, long next, @Nullable Long given) {}

  public NumberSeeds(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Makes `seed` the next number, on every node: a create that begins after this returns gets it
  /// or a later one.
  ///
  /// @param commandId under which the sender may repeat this without doing it twice; null for none
  /// @return whether it is done; false, with nothing changed, if `seed` or a higher number was
  ///   given already
  /// @throws RefusedException if the command id was used for another command
  public boolean set(String entityType, String attribute, long seed, @Nullable String commandId) {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        byte[] digest = CommandDigest.ofSeed(entityType, attribute, seed);
        boolean repeated = commandId != null && !isFirst(connection, commandId, digest);
        boolean done = repeated || set(connection, entityType, attribute, seed);
        if (done) {
          connection.commit();
        } else {
          connection.rollback();
        }
        return done;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new LogUnreadableException("a seed cannot be set", e);
    }
  }

  /// Waits for a twin that is at it.
  private static boolean isFirst(Connection connection, String commandId, byte[] digest)
      throws SQLException {
    try (var insert =
            connection.prepareStatement(
                """
                INSERT INTO log.command_outcome (command_id, digest, outcome, position, decided_on)
                SELECT ?, ?, ?, position, now() FROM log.head
                    ON CONFLICT (command_id) DO NOTHING
                """);
        var select =
            connection.prepareStatement(
                "SELECT digest FROM log.command_outcome WHERE command_id = ?")) {
      insert.setString(1, commandId);
      insert.setBytes(2, digest);
      insert.setBytes(3, OutcomeJson.accepted(List.of()));
      if (insert.executeUpdate() == 1) {
        return true;
      }
      select.setString(1, commandId);
      try (var row = select.executeQuery()) {
        if (row.next() && !Arrays.equals(row.getBytes("digest"), digest)) {
          throw new RefusedException(new Refusal.CommandIdReused(commandId));
        }
        return false;
      }
    }
  }

  private static boolean set(Connection connection, String entityType, String attribute, long seed)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO log.number_sequence AS s (entity_type, attribute, seed, next)
            VALUES (?, ?, ?, ?)
                ON CONFLICT (entity_type, attribute)
                DO UPDATE SET seed = excluded.seed, next = excluded.next
             WHERE s.given IS NULL OR s.given < excluded.next
            """)) {
      statement.setString(1, entityType);
      statement.setString(2, attribute);
      statement.setLong(3, seed);
      statement.setLong(4, seed);
      return statement.executeUpdate() == 1;
    }
  }

  public Standing standing(String entityType, String attribute) {
    try (var connection = dataSource.getConnection()) {
      return standing(connection, entityType, attribute);
    } catch (SQLException e) {
      throw new LogUnreadableException("a seed cannot be read", e);
    }
  }

  private static Standing standing(Connection connection, String entityType, String attribute)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            SELECT seed, next, given
              FROM log.number_sequence
             WHERE entity_type = ? AND attribute = ?
            """)) {
      statement.setString(1, entityType);
      statement.setString(2, attribute);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? new Standing(
                rows.getLong("seed"), rows.getLong("next"), rows.getObject("given", Long.class))
            : new Standing(AutoNumberFormat.SEED_DEFAULT, AutoNumberFormat.SEED_DEFAULT, null);
      }
    }
  }
}
