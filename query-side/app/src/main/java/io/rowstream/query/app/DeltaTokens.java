package io.rowstream.query.app;

import io.rowstream.eventlog.DeltaToken;
import io.rowstream.eventlog.DeltaToken.Stage;
import io.rowstream.eventlog.DeltaTokenSeal;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.query.projections.current.Standing;
import java.time.Clock;
import java.time.Duration;

/// Gives out delta tokens and judges those that come back. Thread-safe.
///
/// @param retention how old a token may be
record DeltaTokens(DeltaTokenSeal seal, Clock clock, Duration retention) {
  DeltaTokens {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("delta tokens are kept for some time, not " + retention);
    }
  }

  /// A token of the records as they stand.
  ///
  /// @param stage what is read next
  DeltaToken at(Standing standing, Stage stage, String entityType, long query) {
    requireStanding(standing);
    return new DeltaToken(
        stage,
        standing.logEpoch(),
        standing.position(),
        standing.position(),
        entityType,
        query,
        clock.instant());
  }

  private static void requireStanding(Standing standing) {
    if (!standing.isOfThisLog()) {
      throw new RefusedException(new Refusal.TooBusy("lists are being made again from the log"));
    }
  }

  String text(DeltaToken token) {
    return seal.seal(token);
  }

  /// @throws BadRequest if it is no token, or one of another set
  /// @throws ExpiredTokenException if it is older than the retention
  DeltaToken open(String text, String entityType) {
    var token =
        seal.open(text)
            .filter(opened -> opened.entityType().equals(entityType))
            .orElseThrow(DeltaTokens::misused);
    if (token.issuedOn().plus(retention).isBefore(clock.instant())) {
      throw new ExpiredTokenException(
          "is older than " + retention.toHours() + " hours, the longest one is kept");
    }
    return token;
  }

  /// The token does not go with the rest of the request.
  static BadRequest misused() {
    return BadRequest.query("The $deltatoken is damaged or belongs to another query.");
  }

  /// @throws ExpiredTokenException if the log no longer holds what the token refers to
  static void requireKnown(DeltaToken token, Standing standing) {
    if (!token.epoch().equals(standing.logEpoch())) {
      throw new ExpiredTokenException("belongs to another history of the log");
    }
    if (token.until() > standing.logPosition()) {
      throw new ExpiredTokenException("is ahead of the log");
    }
    requireStanding(standing);
  }
}
