package io.rowstream.command.eventstore;

import java.sql.SQLException;

/// What the failure of a batch means for it, by PostgreSQL's SQLSTATE.
enum Fault {
  /// The log is another one than at the start.
  EPOCH_CHANGED,
  /// Nobody knows whether the batch was written.
  CONNECTION_LOST,
  /// Deadlock, serialization, lock time-out, statement time-out: rolled back, worth another try.
  TRANSIENT,
  /// Disk, memory or connections are used up, whichever command it is.
  OUT_OF_RESOURCES,
  /// Rolled back because of one of its commands.
  REJECTED;

  static Fault of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("RS001")) {
      return EPOCH_CHANGED;
    }
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P")) {
      return CONNECTION_LOST;
    }
    if (state.startsWith("40") || state.equals("55P03") || state.equals("57014")) {
      return TRANSIENT;
    }
    return state.startsWith("53") ? OUT_OF_RESOURCES : REJECTED;
  }
}
