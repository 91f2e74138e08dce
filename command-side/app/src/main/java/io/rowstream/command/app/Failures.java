package io.rowstream.command.app;

import io.rowstream.command.eventstore.AppendFailedException;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.error.ODataError;
import io.rowstream.odata.error.ODataErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.netty.channel.AbortedException;

/// Turns whatever kept a write from being carried out into its answer. Thread-safe.
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private final ODataErrors errors;

  Failures(ODataErrors errors) {
    this.errors = errors;
  }

  Answer answer(Throwable failure) {
    ODataError error = error(failure);
    Answer answer = Answer.of(error.status());
    error
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.with("Retry-After", Integer.toString(seconds)));
    return answer.with(error.body());
  }

  ODataError error(Throwable failure) {
    return switch (failure) {
      case RefusedException refused -> errors.of(refused.refusal());
      case BadRequest badRequest -> ODataError.of(badRequest);
      case NotSupportedException unsupported ->
          ODataError.of(501, ErrorCode.BAD_QUERY, String.valueOf(unsupported.getMessage()));
      case MethodNotAllowedException _ ->
          ODataError.of(405, ErrorCode.BAD_QUERY, "The method is not supported here.");
      case SystemUsers.UnknownCallerException _ ->
          ODataError.of(403, ErrorCode.PRIVILEGE_DENIED, "MSCRMCallerID names no user.");
      // The client has left; nobody reads this.
      case AbortedException _ -> ODataError.unexpected();
      case UnsupportedMediaTypeStatusException unsupported ->
          ODataError.of(
              415, ErrorCode.BAD_PAYLOAD, "The body is to be " + unsupported.getReason() + ".");
      case DataBufferLimitException _ ->
          ODataError.of(413, ErrorCode.BAD_PAYLOAD, "The body is too large.");
      case AppendFailedException append -> appendFailed(append);
      case InProcess.UnansweredException _ -> unknown();
      case LogUnreadableException unreadable -> {
        log.warn("The log could not be read for a command", unreadable);
        yield busy("The database did not answer; nothing was changed.");
      }
      default -> {
        log.error("A command failed unexpectedly", failure);
        yield ODataError.unexpected();
      }
    };
  }

  private static ODataError appendFailed(AppendFailedException append) {
    return switch (append.meaning()) {
      case TOO_BUSY -> busy("Too many commands are waiting; nothing was changed.");
      case UNKNOWN -> unknown();
      case STOPPED ->
          ODataError.of(
              503,
              ErrorCode.TOO_BUSY,
              "This node takes no changes until it is started again; nothing was changed.");
      case NOT_WRITTEN -> {
        log.error("The database refused an append", append);
        yield busy("The database did not take the change; nothing was changed.");
      }
    };
  }

  private static ODataError unknown() {
    return busy(
        "It is not known whether the change was made. Repeat it with the same Idempotency-Key,"
            + " or read the record.");
  }

  private static ODataError busy(String message) {
    return ODataError.of(503, ErrorCode.TOO_BUSY, message)
        .retryAfter(ODataErrors.RETRY_AFTER_SECONDS);
  }
}
