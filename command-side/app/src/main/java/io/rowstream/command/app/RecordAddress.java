package io.rowstream.command.app;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.query.KeyValues;
import io.rowstream.odata.url.Key;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The record that a URL names, by its id or by an alternate key.
///
/// @param known null if an alternate key names it
/// @param key null if its id does
record RecordAddress(Columns columns, @Nullable RecordRef known, @Nullable KeyValues key) {

  /// @throws BadRequest if the set has no such key
  static RecordAddress of(Columns columns, Key key) {
    UUID id = key.idOr(columns.primaryId().wireName());
    return id == null
        ? new RecordAddress(columns, null, KeyValues.of(columns, key))
        : new RecordAddress(columns, new RecordRef(columns.entityType().name(), id), null);
  }

  @Nullable UUID id() {
    return known == null ? null : known.id();
  }

  /// @param newId the id of the record if an alternate key names it and nobody has that
  RecordCommand command(Supplier<UUID> newId, Function<RecordRef, RecordCommand> command) {
    if (key == null) {
      return command.apply(record(newId));
    }
    return new ByAlternateKey(key.key().name(), key.values(), command.apply(record(newId)));
  }

  /// The record as far as is known now: a new one where nobody has the alternate key.
  ///
  /// @throws BadRequest if the body names another one
  RecordRef record(EntitySetColumns sets, RecordPayload payload, Supplier<UUID> newId) {
    UUID given = payload.id();
    RecordRef holder = key == null ? known : sets.holder(key);
    if (holder == null) {
      return given == null ? record(newId) : new RecordRef(columns.entityType().name(), given);
    }
    if (given != null && !given.equals(holder.id())) {
      throw BadRequest.payload("The id in the body is not that of the record with this key.");
    }
    return holder;
  }

  private RecordRef record(Supplier<UUID> newId) {
    return known == null ? new RecordRef(columns.entityType().name(), newId.get()) : known;
  }

  /// The version the record is at, asked only when a condition names several.
  Supplier<Long> version(EntitySetColumns sets, RecordLog log) {
    return () -> {
      RecordRef record = known == null ? sets.holder(key) : known;
      return record == null ? -1L : log.state(record).map(RecordState::version).orElse(-1L);
    };
  }
}
