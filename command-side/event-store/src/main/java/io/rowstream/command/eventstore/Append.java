package io.rowstream.command.eventstore;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Removal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one command wants written, all of it or nothing.
///
/// @param events in order; of each stream the versions follow on from `decidedOn`; may be empty
///   when a decision without events is to be confirmed
/// @param decidedOn the version each stream was at when the command was decided, -1 for one without
///   events; names every stream of `events`
/// @param repeatable the outcome to keep for a sender who may repeat the command; null for none
/// @param links lookups that its events set or clear, in order
/// @param alone records it ends, each with the position up to which it was seen who refers to them
/// @param removal the entity type it removes; null for none
public record Append(
    List<NewEvent> events,
    Map<RecordRef, Long> decidedOn,
    @Nullable KeptOutcome repeatable,
    List<Link> links,
    Map<RecordRef, Long> alone,
    @Nullable Removal removal) {

  public Append(
      List<NewEvent> events, Map<RecordRef, Long> decidedOn, @Nullable KeptOutcome repeatable) {
    this(events, decidedOn, repeatable, List.of(), Map.of(), null);
  }

  public Append {
    events = List.copyOf(events);
    links = List.copyOf(links);
    alone = Map.copyOf(alone);
    decidedOn = Map.copyOf(decidedOn);
    var last = new HashMap<>(decidedOn);
    for (NewEvent event : events) {
      Long before = last.put(event.record(), event.version());
      if (before == null) {
        throw new IllegalArgumentException("decided on no version of " + event.record());
      }
      if (event.version() != before + 1) {
        throw new IllegalArgumentException(
            "version %d of %s does not follow %d"
                .formatted(event.version(), event.record(), before));
      }
    }
  }

  /// An event to write.
  ///
  /// @param payload its JSON in UTF-8, see `EventJson`; not copied, not to be changed
  public record NewEvent(RecordRef record, long version, byte[] payload) {}

  /// That a record refers to another by a lookup from now on, or no longer.
  ///
  /// @param event which of the events says so, counted from 0
  /// @param target null when it refers to none
  public record Link(RecordRef record, String lookup, @Nullable RecordRef target, int event) {}

  /// The first outcome of a command, kept so that a repeated one is answered with it.
  ///
  /// @param digest tells the same command from another one with the same id
  public record KeptOutcome(String commandId, byte[] digest, byte[] outcome) {}

  int payloadBytes() {
    int bytes = repeatable == null ? 0 : repeatable.outcome().length;
    for (NewEvent event : events) {
      bytes += event.payload().length;
    }
    return bytes;
  }
}
