package io.rowstream.command.app;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ids of records whose creators give none. Thread-safe if `fresh` is.
///
/// Under an `Idempotency-Key` they follow from the key: a repeated create is the same command only
/// if it names the same record.
record NewRecordIds(Supplier<UUID> fresh) {

  /// @param member of a change set, counted from 0; 0 for a write on its own
  Supplier<UUID> of(@Nullable String idempotencyKey, int member) {
    return idempotencyKey == null
        ? fresh
        : () ->
            UUID.nameUUIDFromBytes(
                ("record " + member + " of " + idempotencyKey).getBytes(StandardCharsets.UTF_8));
  }
}
