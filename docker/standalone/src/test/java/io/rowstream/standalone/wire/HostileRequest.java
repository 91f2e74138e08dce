package io.rowstream.standalone.wire;

import java.nio.charset.StandardCharsets;

/// A request nobody should send, and how it is refused.
///
/// @param code of the error
record HostileRequest(byte[] request, int status, String code) {
  static final String BAD_QUERY = "0x80060888";
  static final String BAD_PAYLOAD = "0x80048d19";
  static final String TOO_LONG = "0x80044331";
  static final String NOT_THERE = "0x80040217";

  private static final int SHOWN_MAX = 160;

  /// A read, its path below the service root.
  static HostileRequest get(int status, String code, String path, String... fields) {
    return new HostileRequest(WireRequest.get(WireRequest.ROOT + path, fields), status, code);
  }

  static HostileRequest post(int status, String code, String path, String body, String... fields) {
    return write("POST", status, code, path, body, fields);
  }

  static HostileRequest write(
      String method, int status, String code, String path, String body, String... fields) {
    return new HostileRequest(
        WireRequest.withBody(method, WireRequest.ROOT + path, body, fields), status, code);
  }

  /// Octets as they are.
  static HostileRequest octets(int status, String octets) {
    return new HostileRequest(WireRequest.octets(octets), status, BAD_QUERY);
  }

  @Override
  public String toString() {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    var shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), SHOWN_MAX); i++) {
      char c = text.charAt(i);
      shown.append(c < ' ' || c > '~' ? '·' : c);
    }
    return status + " for " + shown + (text.length() > SHOWN_MAX ? "…" : "");
  }
}
