package io.rowstream.query.eventfeed;

import java.time.Duration;

/// How a feed is doing.
///
/// @param state [State#FOLLOWING] is the only good one
/// @param detail what a person should know, without a trace
/// @param position of the last event read
/// @param eventsBehind events known to be in the log and not read yet
/// @param sinceLastRead time since PostgreSQL last answered the tailer
/// @param listening whether commits wake the feed; if not, it polls and is slower
public record FeedHealth(
    State state,
    String detail,
    long position,
    long eventsBehind,
    Duration sinceLastRead,
    boolean listening) {

  /// What the tailer is up to.
  public enum State {
    /// Reads what is committed.
    FOLLOWING,
    /// The database does not answer; it reads on by itself when it does.
    AWAY,
    /// Its thread does not come on; it may yet.
    STUCK,
    /// Its thread is dead. Restart the process.
    DEAD,
    /// The log has another epoch than the one being followed. Restart the process.
    EPOCH_CHANGED,
    /// The log has a hole or cannot be understood. Nothing after it was delivered.
    DAMAGED,
    /// It was closed.
    CLOSED;

    /// Whether nothing will be read any more.
    public boolean isFinal() {
      return switch (this) {
        case FOLLOWING, AWAY, STUCK -> false;
        case DEAD, EPOCH_CHANGED, DAMAGED, CLOSED -> true;
      };
    }
  }

  public boolean isUp() {
    return state == State.FOLLOWING;
  }
}
