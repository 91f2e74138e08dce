package io.rowstream.command.eventstore;

import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.command.domain.RecordState;
import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.RecordRef;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Snapshots of records as `[exists, {values}]`.
final class ExampleSnapshotFormat implements SnapshotFormat {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public byte[] write(Object aggregate) {
    RecordState state = ((RecordAggregate) aggregate).state();
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      json.writeBoolean(state.exists());
      ValueJson.write(json, state.values());
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  @Override
  public RecordAggregate read(RecordRef record, long version, byte[] snapshot) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), snapshot)) {
      json.nextToken();
      boolean exists = json.nextBooleanValue();
      json.nextToken();
      return new RecordAggregate(record, new RecordState(ValueJson.readAll(json), exists), version);
    }
  }
}
