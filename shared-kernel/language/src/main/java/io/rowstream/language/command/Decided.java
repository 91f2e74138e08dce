package io.rowstream.language.command;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandResult.RecordResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command handler has come to, before it is in the log.
///
/// @param results one for each member, as in [CommandResult]
/// @param restsOn the version, -1 for none, of each stream beside those of the results that the
///   decision holds for; it is made again if one has moved
/// @param alone records it ends, each with the position up to which it was seen who refers to them;
///   it is made again if somebody refers to one of them since
/// @param removal the entity type it removes, if it does; it is made again if since then something
///   has happened to a record of it, or to a definition
public record Decided(
    List<RecordResult> results,
    Map<RecordRef, Long> restsOn,
    Map<RecordRef, Long> alone,
    @Nullable Removal removal) {
  public Decided {
    alone = Map.copyOf(alone);
    results = List.copyOf(results);
    restsOn = Map.copyOf(restsOn);
  }

  public Decided(
      List<RecordResult> results, Map<RecordRef, Long> restsOn, Map<RecordRef, Long> alone) {
    this(results, restsOn, alone, null);
  }
}
