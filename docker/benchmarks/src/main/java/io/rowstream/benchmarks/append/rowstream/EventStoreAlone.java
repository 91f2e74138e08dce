package io.rowstream.benchmarks.append.rowstream;

import io.rowstream.benchmarks.append.Candidate;
import io.rowstream.command.eventstore.Append;
import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.command.eventstore.AppendOutcome;
import io.rowstream.language.RecordRef;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Group commit alone: a payload that is ready, a version to expect.
public final class EventStoreAlone implements Candidate {
  private final RowstreamLog log;

  public EventStoreAlone(String jdbcUrl) throws SQLException {
    log = new RowstreamLog(jdbcUrl);
  }

  @Override
  public void create(List<UUID> records) {
    var payload = "{}".getBytes(StandardCharsets.UTF_8);
    records.parallelStream().forEach(record -> append(record, -1, payload));
  }

  @Override
  public Update sender() {
    return (record, expectedVersion, change) -> append(record, expectedVersion, change.json());
  }

  private long append(UUID id, long expectedVersion, byte[] payload) {
    RecordRef record = RowstreamLog.contact(id);
    var append =
        new Append(
            List.of(new NewEvent(record, expectedVersion + 1, payload)),
            Map.of(record, expectedVersion),
            null);
    AppendOutcome outcome = log.groupCommit.append(append);
    if (!(outcome instanceof AppendOutcome.Appended)) {
      throw new IllegalStateException("not appended: " + outcome);
    }
    return expectedVersion + 1;
  }

  @Override
  public long events() throws SQLException {
    return log.contactEvents();
  }

  @Override
  public void close() {
    log.close();
  }
}
