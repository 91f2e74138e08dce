package io.rowstream.command.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Bounds of imports.
///
/// @param importsMax imports at the same time; beyond it one is refused at once
/// @param recordsMax different records in one file; an import ends before the next one
/// @param rowLengthMax the longest row: octets of a JSON line, characters of a CSV row
/// @param commandsInFlightMax rows of one import being written at the same time; they share commits
/// @param charsInFlightMax what these rows hold together, in characters
/// @param linesWaitingMax lines of the report a client has not read yet; beyond it refused rows are
///   counted and not listed
/// @param idleTimeout how long an import waits for the rest of its file
@ConfigurationProperties("rowstream.import")
public record ImportSettings(
    @DefaultValue("4") int importsMax,
    @DefaultValue("2000000") int recordsMax,
    @DefaultValue("4194304") int rowLengthMax,
    @DefaultValue("256") int commandsInFlightMax,
    @DefaultValue("16777216") int charsInFlightMax,
    @DefaultValue("10000") int linesWaitingMax,
    @DefaultValue("60s") Duration idleTimeout) {
  public ImportSettings {
    if (importsMax < 1
        || recordsMax < 1
        || rowLengthMax < 1
        || commandsInFlightMax < 1
        || charsInFlightMax < 1
        || linesWaitingMax < 1) {
      throw new IllegalArgumentException("every bound is at least 1");
    }
  }
}
