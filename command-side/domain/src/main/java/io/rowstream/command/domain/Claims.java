package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.event.ClaimEvent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a decision has to know, and to say, beyond its own records.
public interface Claims {

  /// Where streams end, records' and claims', as the log has it when asked; those without events
  /// are missing.
  Map<RecordRef, Standing> standing(Collection<RecordRef> streams);

  /// Adds an event to a claim, as part of what the command at hand does.
  void record(RecordRef claim, long version, ClaimEvent event);

  /// Where a stream ends.
  ///
  /// @param holder who holds it, if it is a claim that somebody holds
  record Standing(long version, @Nullable RecordRef holder) {}
}
