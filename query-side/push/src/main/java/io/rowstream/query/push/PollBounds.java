package io.rowstream.query.push;

import java.time.Duration;

/// The bounds of one long poll; how many may wait, [WatchSettings#watchersMax] says.
///
/// @param waitMax the longest wait a client may ask for
/// @param framesMax frames of one answer; the rest follows at its cursor
/// @param bytesMax bytes of one answer's frames, exceeded by at most one frame
public record PollBounds(Duration waitMax, int framesMax, int bytesMax) {
  public static final PollBounds DEFAULT = new PollBounds(Duration.ofSeconds(60), 500, 128 << 10);

  public PollBounds {
    require(!waitMax.isNegative(), "waitMax is not negative");
    require(framesMax > 0, "framesMax is at least 1");
    require(bytesMax > 0, "bytesMax is at least 1");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
