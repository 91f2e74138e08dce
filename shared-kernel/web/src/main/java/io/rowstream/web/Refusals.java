package io.rowstream.web;

import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.error.ODataError;

/// What is said where nothing but a status is known.
final class Refusals {
  static final String CONTENT_TYPE = "application/json; odata.metadata=minimal";

  private Refusals() {}

  static ODataError of(int status) {
    return status < 500
        ? ODataError.of(status, ErrorCode.BAD_QUERY, message(status))
        : ODataError.unexpected();
  }

  private static String message(int status) {
    return switch (status) {
      case 400 -> "This is not a well-formed HTTP request.";
      case 404 -> "Resource not found.";
      case 405 -> "The method is not supported here.";
      case 406 -> "There is no answer of the type that is accepted.";
      case 408 -> "The rest of the request did not come.";
      case 413 -> "The body is too large.";
      case 414 -> "The URL is longer than " + HttpBounds.TARGET_OCTETS_MAX + " octets.";
      case 415 -> "A body of this type is not understood.";
      case 431 -> "The header fields are larger than " + HttpBounds.HEADERS_OCTETS_MAX + " octets.";
      default -> "The request is refused.";
    };
  }
}
