package io.rowstream.query.app;

import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.error.ODataError;
import io.rowstream.odata.error.ODataErrors;
import io.rowstream.odata.metadata.NoSuchMetadataException;
import io.rowstream.query.projections.current.BadQueryException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever kept a read from being answered into an answer. Thread-safe.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final ODataErrors errors;

  Failures(ODataErrors errors) {
    this.errors = errors;
  }

  Answer answer(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Answer.of(error(cause));
  }

  private ODataError error(Throwable failure) {
    return switch (failure) {
      case RefusedException refused -> errors.of(refused.refusal());
      case BadRequest badRequest -> ODataError.of(badRequest);
      case BadQueryException badQuery ->
          ODataError.of(
              400, ErrorCode.BAD_QUERY, "The query is not valid: " + badQuery.getMessage() + ".");
      case NotFoundException notFound -> notFound(notFound.segment());
      case NoSuchMetadataException noMetadata -> notFound(noMetadata.segment());
      case ExpiredTokenException expired ->
          ODataError.of(410, ErrorCode.EXPIRED_VERSION_STAMP, String.valueOf(expired.getMessage()));
      case NotSupportedException unsupported ->
          ODataError.of(501, ErrorCode.BAD_QUERY, String.valueOf(unsupported.getMessage()));
      case Callers.UnknownCallerException unknown ->
          ODataError.of(403, ErrorCode.PRIVILEGE_DENIED, String.valueOf(unknown.getMessage()));
      case LogUnreadableException unreadable -> {
        LOG.warn("the log could not be read for an answer", unreadable);
        yield ODataError.of(503, ErrorCode.TOO_BUSY, "The database did not answer.")
            .retryAfter(ODataErrors.RETRY_AFTER_SECONDS);
      }
      default -> {
        LOG.error("a read failed unexpectedly", failure);
        yield ODataError.unexpected();
      }
    };
  }

  private static ODataError notFound(String segment) {
    return ODataError.of(
        404, ErrorCode.BAD_QUERY, "Resource not found for the segment " + Quoted.of(segment) + ".");
  }
}
