package io.rowstream.eventlog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// Where the log ends.
///
/// @param epoch names one unbroken history; positions of another epoch mean something else
/// @param position of the last event, 0 when there is none
public record LogHead(UUID epoch, long position) {

  /// How far back from its end the log is searched for holes at start, in events.
  static final int CHECKED_TAIL = 10_000;

  public static LogHead read(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT epoch, position FROM log.head");
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new LogDamagedException("the log has no head row");
      }
      return new LogHead(rows.getObject("epoch", UUID.class), rows.getLong("position"));
    }
  }

  /// Reads the head and makes sure that the log's end is whole: the head is at the last event, and
  /// neither positions nor the versions of a record have a hole among the last [#CHECKED_TAIL].
  ///
  /// @throws LogDamagedException if it is not; nothing may be appended then
  public static LogHead verified(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    int isolation = connection.getTransactionIsolation();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      var head = read(connection);
      checkTail(connection, head);
      return head;
    } finally {
      connection.rollback();
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(autoCommit);
    }
  }

  private static void checkTail(Connection connection, LogHead head) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            WITH tail AS (
                SELECT position, record_id, entity_type, version
                  FROM log.event
                 WHERE position > ?)
            SELECT count(*) AS events,
                   (SELECT coalesce(max(position), 0) FROM log.event) AS last,
                   (SELECT count(*)
                      FROM tail t
                     WHERE t.version > 0
                       AND NOT EXISTS (SELECT FROM log.event e
                                        WHERE e.record_id = t.record_id
                                          AND e.entity_type = t.entity_type
                                          AND e.version = t.version - 1
                                          AND e.position < t.position)) AS orphans
              FROM tail
            """)) {
      long before = Math.max(0, head.position - CHECKED_TAIL);
      statement.setLong(1, before);
      try (var rows = statement.executeQuery()) {
        rows.next();
        head.compare("last event", head.position, rows.getLong("last"));
        head.compare("events up to the head", head.position - before, rows.getLong("events"));
        head.compare("events without a predecessor", 0, rows.getLong("orphans"));
      }
    }
  }

  private void compare(String what, long expected, long found) {
    if (expected != found) {
      throw new LogDamagedException(
          "the log is damaged near position %d: %s should be %d and is %d; nothing was started"
              .formatted(position, what, expected, found));
    }
  }
}
