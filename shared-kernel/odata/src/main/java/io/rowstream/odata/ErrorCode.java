package io.rowstream.odata;

/// The `code` of an error. Clients know these numbers from Dataverse.
public enum ErrorCode {
  CONCURRENCY_VERSION_MISMATCH("0x80060882"),
  CONCURRENCY_VERSION_NOT_PROVIDED("0x80060883"),
  OPTIMISTIC_CONCURRENCY_NOT_ENABLED("0x8006088D"),
  CANNOT_DELETE_DUE_TO_ASSOCIATION("0x80040227"),
  DUPLICATE_RECORD("0x80040237"),
  DUPLICATE_RECORD_ENTITY_KEY("0x80060892"),
  CANNOT_DELETE_IN_USE("0x8004f01f"),
  OBJECT_DOES_NOT_EXIST("0x80040217"),
  RECORD_NOT_FOUND_BY_ENTITY_KEY("0x80060891"),
  /// A URL, a header or a query that is wrong or not supported.
  BAD_QUERY("0x80060888"),
  /// A body that is not JSON, or holds an unknown attribute or a value that does not fit.
  BAD_PAYLOAD("0x80048d19"),
  TEXT_TOO_LONG("0x80044331"),
  CHANGE_TRACKING_NOT_ENABLED("0x80072491"),
  EXPIRED_VERSION_STAMP("0x80044352"),
  TOO_BUSY("0x80072322"),
  INVALID_ARGUMENT("0x80040203"),
  PRIVILEGE_DENIED("0x80040220"),
  UNEXPECTED("0x80040216"),
  /// An attribute that gives no numbers is asked for its next one.
  NOT_AN_AUTO_NUMBER("0x80060884");

  private final String hex;
  private final int number;

  ErrorCode(String hex) {
    this.hex = hex;
    this.number = Integer.parseUnsignedInt(hex, 2, hex.length(), 16);
  }

  /// As it stands in an error's body.
  public String hex() {
    return hex;
  }

  /// As an SDK shows it: signed.
  public int number() {
    return number;
  }
}
