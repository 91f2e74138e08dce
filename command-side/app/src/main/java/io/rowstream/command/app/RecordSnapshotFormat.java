package io.rowstream.command.app;

import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.command.domain.RecordState;
import io.rowstream.command.eventstore.SnapshotFormat;
import io.rowstream.eventlog.ValueJson;
import io.rowstream.language.RecordRef;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Snapshots of records: `[shape, exists, {values}]` in JSON.
final class RecordSnapshotFormat implements SnapshotFormat {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SHAPE = 1;

  @Override
  public byte[] write(Object aggregate) {
    RecordState state = ((RecordAggregate) aggregate).state();
    var bytes = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      json.writeNumber(SHAPE);
      json.writeBoolean(state.exists());
      ValueJson.write(json, state.values());
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  @Override
  public RecordAggregate read(RecordRef record, long version, byte[] snapshot) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), snapshot)) {
      if (json.nextToken() != JsonToken.START_ARRAY || json.nextIntValue(0) != SHAPE) {
        throw new IllegalArgumentException("not a snapshot this version has written");
      }
      boolean exists = json.nextBooleanValue();
      json.nextToken();
      var state = new RecordState(ValueJson.readAll(json), exists);
      return new RecordAggregate(record, state, version);
    }
  }
}
