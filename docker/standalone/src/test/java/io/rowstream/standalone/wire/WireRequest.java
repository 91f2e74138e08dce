package io.rowstream.standalone.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Requests as octets. Characters are octets (ISO 8859-1), so that a test can send what is no text.
final class WireRequest {
  static final String ROOT = "/api/data/v9.2/";

  private WireRequest() {}

  /// `line` and `fields` as they are, then an empty line.
  static byte[] head(String line, String... fields) {
    return octets(line + "\r\n" + lines(fields) + "\r\n");
  }

  static byte[] get(String target, String... fields) {
    return head("GET " + target + " HTTP/1.1", withHost(fields));
  }

  static byte[] withBody(String method, String target, String body, String... fields) {
    byte[] head =
        octets(
            method
                + " "
                + target
                + " HTTP/1.1\r\n"
                + lines(withHost(fields))
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n");
    return joined(head, octets(body));
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// Whether the answer has no body; servers pass over what stands before a request.
  static boolean isHead(byte[] request) {
    int at = 0;
    while (at < request.length && (request[at] == ' ' || Character.isISOControl(request[at]))) {
      at++;
    }
    return new String(request, at, Math.min(5, request.length - at), StandardCharsets.ISO_8859_1)
        .equals("HEAD ");
  }

  private static String[] withHost(String[] fields) {
    var all = new String[fields.length + 1];
    all[0] = "Host: 127.0.0.1";
    System.arraycopy(fields, 0, all, 1, fields.length);
    return all;
  }

  private static String lines(String... fields) {
    return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
  }
}
