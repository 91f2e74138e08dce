package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.Append.KeptOutcome;
import io.rowstream.command.eventstore.Append.NewEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Removal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// The parameters of `log.append`, in its order.
record AppendParameters(PreparedStatement statement) {

  void bind(UUID epoch, long knownPosition, Instant now, Batch batch) throws SQLException {
    statement.setObject(1, epoch);
    statement.setLong(2, knownPosition);
    statement.setTimestamp(3, Timestamp.from(now));
    bindStreams(batch);
    bindEvents(batch);
    bindOutcomes(batch);
    bindLinks(batch);
    bindAlone(batch);
    bindRemovals(batch.removals);
  }

  private void bindStreams(Batch batch) throws SQLException {
    var streams = batch.isVerified() ? Map.<RecordRef, Long>of() : batch.believed;
    int count = streams.size();
    var ids = new String[count];
    var types = new String[count];
    var versions = new long[count];
    int i = 0;
    for (var believed : streams.entrySet()) {
      ids[i] = believed.getKey().id().toString();
      types[i] = believed.getKey().entityType();
      versions[i++] = believed.getValue();
    }
    array(4, "uuid", ids);
    array(5, "text", types);
    array(6, "bigint", versions);
    statement.setBoolean(7, batch.isVerified());
  }

  private void bindEvents(Batch batch) throws SQLException {
    int count = batch.events();
    var ids = new String[count];
    var types = new String[count];
    var versions = new long[count];
    var remaining = new int[count];
    var payloads = new byte[count][];
    int i = 0;
    for (PendingAppend member : batch.members) {
      int left = member.append().events().size();
      for (NewEvent event : member.append().events()) {
        ids[i] = event.record().id().toString();
        types[i] = event.record().entityType();
        versions[i] = event.version();
        remaining[i] = --left;
        payloads[i++] = event.payload();
      }
    }
    array(8, "uuid", ids);
    array(9, "text", types);
    array(10, "bigint", versions);
    array(11, "integer", remaining);
    array(12, "bytea", payloads);
  }

  private void bindOutcomes(Batch batch) throws SQLException {
    var ids = new ArrayList<String>();
    var digests = new ArrayList<byte[]>();
    var outcomes = new ArrayList<byte[]>();
    var last = new ArrayList<Integer>();
    int events = 0;
    for (PendingAppend member : batch.members) {
      events += member.append().events().size();
      KeptOutcome kept = member.append().repeatable();
      if (kept != null) {
        ids.add(kept.commandId());
        digests.add(kept.digest());
        outcomes.add(kept.outcome());
        last.add(events);
      }
    }
    array(13, "text", ids.toArray(String[]::new));
    array(14, "bytea", digests.toArray(byte[][]::new));
    array(15, "bytea", outcomes.toArray(byte[][]::new));
    array(16, "integer", last.stream().mapToInt(Integer::intValue).toArray());
  }

  private void bindLinks(Batch batch) throws SQLException {
    int count = batch.links.size();
    if (count == 0) {
      unused(17, 22);
      return;
    }
    var ids = new String[count];
    var types = new String[count];
    var lookups = new String[count];
    var targets = new @Nullable String[count];
    var targetTypes = new @Nullable String[count];
    var events = new int[count];
    int i = 0;
    for (var link : batch.links.entrySet()) {
      RecordRef target = link.getValue().target();
      ids[i] = link.getKey().record().id().toString();
      types[i] = link.getKey().record().entityType();
      lookups[i] = link.getKey().name();
      targets[i] = target == null ? null : target.id().toString();
      targetTypes[i] = target == null ? null : target.entityType();
      events[i++] = link.getValue().event();
    }
    array(17, "uuid", ids);
    array(18, "text", types);
    array(19, "text", lookups);
    array(20, "uuid", targets);
    array(21, "text", targetTypes);
    array(22, "integer", events);
  }

  private void bindAlone(Batch batch) throws SQLException {
    if (batch.alone.isEmpty()) {
      unused(23, 25);
      return;
    }
    var ended = List.copyOf(batch.alone.keySet());
    array(23, "uuid", ended.stream().map(each -> each.id().toString()).toArray(String[]::new));
    array(24, "text", ended.stream().map(RecordRef::entityType).toArray(String[]::new));
    array(25, "bigint", batch.alone.values().stream().mapToLong(Long::longValue).toArray());
  }

  private void bindRemovals(List<Removal> removals) throws SQLException {
    if (removals.isEmpty()) {
      unused(26, 28);
      return;
    }
    array(26, "text", removals.stream().map(Removal::entityType).toArray(String[]::new));
    array(27, "bigint", removals.stream().mapToLong(Removal::recordsAt).toArray());
    array(28, "bigint", removals.stream().mapToLong(Removal::definitionsAt).toArray());
  }

  private void unused(int first, int last) throws SQLException {
    for (int index = first; index <= last; index++) {
      statement.setNull(index, Types.ARRAY);
    }
  }

  private void array(int index, String type, Object elements) throws SQLException {
    statement.setArray(
        index, statement.getConnection().unwrap(PGConnection.class).createArrayOf(type, elements));
  }
}
