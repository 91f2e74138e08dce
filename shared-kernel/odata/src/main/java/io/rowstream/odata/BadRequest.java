package io.rowstream.odata;

/// A request that cannot be understood or asks for what is not supported; answered with 400.
///
/// The message is shown to the client: input inside it goes through [Quoted]. Expected, therefore
/// without a stack trace.
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public BadRequest(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /// A wrong URL, header or query.
  public static BadRequest query(String message) {
    return new BadRequest(ErrorCode.BAD_QUERY, message);
  }

  /// A body that is not what JSON or the request demands.
  public static BadRequest payload(String message) {
    return new BadRequest(ErrorCode.BAD_PAYLOAD, message);
  }

  public ErrorCode code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
