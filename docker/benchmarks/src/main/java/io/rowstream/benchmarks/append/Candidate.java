package io.rowstream.benchmarks.append;

import io.rowstream.benchmarks.workload.ContactChange;
import java.util.List;
import java.util.UUID;

/// A way to change records under an expected version, measured against other ways.
///
/// A candidate is given an empty database of its own and creates what it needs there. All its
/// methods may block; [Update] is called by as many virtual threads at once as there are senders.
public interface Candidate extends AutoCloseable {
  /// Makes these records exist, each at version 0 with one event. Called once, before any update.
  void create(List<UUID> records) throws Exception;

  /// What one sender calls, over and over. Asked for once per sender and round.
  Update sender();

  /// Events in the log of this candidate, counted in the database.
  long events() throws Exception;

  @Override
  void close();

  /// One conditional update, durable when it returns.
  interface Update {
    /// Changes the record if it is at exactly `expectedVersion`, else throws.
    ///
    /// @return the version after the change, always `expectedVersion + 1`
    long apply(UUID record, long expectedVersion, ContactChange change) throws Exception;
  }

  /// Opens a candidate on an empty database.
  interface Opening {
    Candidate on(String jdbcUrl) throws Exception;
  }
}
