package io.rowstream.command.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.json.NestedRow;
import io.rowstream.odata.json.RecordPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// The commands of one body that has rows inside its row: one for each row, the outer ones before
/// those inside them.
///
/// A nested row with an id is one to change, under its own `@odata.etag`; one without is new. Where
/// the outer row is guarded by a version, so has every nested one to be.
final class DeepWrite {
  private final Supplier<UUID> newId;
  private final ConcurrencyBehavior behavior;
  private final boolean creating;
  private final List<RecordCommand> commands = new ArrayList<>();

  /// @param behavior of nested rows that exist
  /// @param creating whether the outer row is new, and with it all others
  DeepWrite(Supplier<UUID> newId, ConcurrencyBehavior behavior, boolean creating) {
    this.newId = newId;
    this.behavior = behavior;
    this.creating = creating;
  }

  /// @param record what is referred to as the outer row
  /// @param reference what the outer row refers to beside what the body says
  /// @param command on the outer row, for what is to be set
  List<RecordCommand> commands(
      RecordRef record,
      RecordPayload payload,
      Map<String, Value> reference,
      Function<Map<String, Value>, RecordCommand> command) {
    add(record, payload, reference, command);
    return List.copyOf(commands);
  }

  private void add(
      RecordRef record,
      RecordPayload payload,
      Map<String, Value> reference,
      Function<Map<String, Value>, RecordCommand> command) {
    var related = new IdentityHashMap<NestedRow, RecordRef>();
    var values = new HashMap<>(payload.values());
    for (NestedRow row : payload.nested()) {
      if (row instanceof NestedRow.One(Attribute lookup, Columns columns, RecordPayload inner)) {
        RecordRef target = record(columns, inner);
        related.put(row, target);
        values.put(lookup.name(), new Value.Lookup(target));
      }
    }
    values.putAll(reference);
    commands.add(command.apply(values));
    for (NestedRow row : payload.nested()) {
      switch (row) {
        case NestedRow.One(_, _, RecordPayload inner) ->
            addRow(related.getOrDefault(row, record), inner, Map.of());
        case NestedRow.Referring(Attribute lookup, Columns columns, RecordPayload inner) ->
            addRow(record(columns, inner), inner, refer(lookup, record));
        case NestedRow.Bound(Attribute lookup, RecordRef bound) ->
            commands.add(
                new UpdateRecord(bound, refer(lookup, record), expectation(new Condition.None())));
      }
    }
  }

  private static Map<String, Value> refer(Attribute lookup, RecordRef target) {
    return Map.of(lookup.name(), new Value.Lookup(target));
  }

  private RecordRef record(Columns columns, RecordPayload payload) {
    UUID id = payload.id() == null ? newId.get() : payload.id();
    return new RecordRef(columns.entityType().name(), id);
  }

  private void addRow(RecordRef record, RecordPayload payload, Map<String, Value> reference) {
    add(record, payload, reference, values -> command(record, payload, values));
  }

  private RecordCommand command(
      RecordRef record, RecordPayload payload, Map<String, Value> values) {
    if (creating || payload.id() == null) {
      return new CreateRecord(record, values);
    }
    String etag = payload.etag();
    Condition version = etag == null ? new Condition.None() : Condition.ifMatch(List.of(etag));
    return version instanceof Condition.None
        ? new UpsertRecord(record, values, expectation(version))
        : new UpdateRecord(record, values, expectation(version));
  }

  private Expectation expectation(Condition condition) {
    return condition instanceof Condition.Versions versions
        ? new Expectation(
            new RowVersion(versions.versions().getFirst()),
            behavior == ConcurrencyBehavior.DEFAULT
                ? ConcurrencyBehavior.IF_ROW_VERSION_MATCHES
                : behavior)
        : new Expectation(null, behavior);
  }
}
