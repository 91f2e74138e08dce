package io.rowstream.command.app;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ids of records whose creators give none. Thread-safe if `fresh` is.
///
/// Under an `Idempotency-Key` they follow from the key: a repeated create is the same command only
/// if it names the same record.
record NewRecordIds(Supplier<UUID> fresh) {

  /// One id after the other, for one thread.
  ///
  /// @param member of a change set, counted from 0; 0 for a write on its own
  Supplier<UUID> of(@Nullable String idempotencyKey, int member) {
    if (idempotencyKey == null) {
      return fresh;
    }
    var row = new AtomicInteger();
    return () -> {
      int nth = row.getAndIncrement();
      String name = nth == 0 ? "record " + member : "row " + nth + " of record " + member;
      return UUID.nameUUIDFromBytes(
          (name + " of " + idempotencyKey).getBytes(StandardCharsets.UTF_8));
    };
  }
}
