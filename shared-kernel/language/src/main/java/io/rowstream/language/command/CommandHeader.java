package io.rowstream.language.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which attempt a command is, and whose.
///
/// @param commandId names the attempt; at most [#ID_LENGTH_MAX] characters
/// @param repeatable whether the sender may send the same command id again and wants the first
///   outcome then
/// @param clientId the tab or process that sent it, so that it can tell its own changes in the feed
/// @param actor the `systemuser` on whose behalf
public record CommandHeader(
    String commandId, boolean repeatable, @Nullable String clientId, UUID actor) {

  /// The longest command id or client id, in characters.
  public static final int ID_LENGTH_MAX = 200;

  /// The longest command id whose members have ids too, in characters.
  public static final int ID_OF_MANY_LENGTH_MAX =
      ID_LENGTH_MAX - ("/" + ChangeSet.MEMBERS_MAX).length();

  public CommandHeader {
    if (commandId.isEmpty() || commandId.length() > ID_LENGTH_MAX) {
      throw new IllegalArgumentException("a command id has 1 to " + ID_LENGTH_MAX + " characters");
    }
    if (clientId != null && clientId.length() > ID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a client id has at most " + ID_LENGTH_MAX + " characters");
    }
  }

  /// The attempt at one of several commands under this id.
  ///
  /// @param number from 1 on
  /// @throws IllegalArgumentException if this id is longer than [#ID_OF_MANY_LENGTH_MAX]
  public CommandHeader ofMember(int number) {
    if (commandId.length() > ID_OF_MANY_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the id of several commands has at most " + ID_OF_MANY_LENGTH_MAX + " characters");
    }
    return new CommandHeader(commandId + "/" + number, repeatable, clientId, actor);
  }
}
