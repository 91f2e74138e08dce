package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-decoding, once and strictly: every `%` starts two hexadecimal digits, and the octets are
/// UTF-8.
///
/// Characters 0x80 to 0xFF of the raw text count as the octets a client sent without encoding them.
final class PercentText {

  private PercentText() {}

  /// Decodes a segment of a path, which holds no control character.
  static String path(String raw) {
    return decode(raw, false, false);
  }

  /// Decodes a name or value of a query, where `+` is a blank and lines may break.
  static String query(String raw) {
    return decode(raw, true, true);
  }

  private static String decode(String raw, boolean plusIsBlank, boolean linesMayBreak) {
    if (isPlain(raw, plusIsBlank)) {
      return raw;
    }
    byte[] octets = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        octets[length++] = (byte) octet(raw, i);
        i += 2;
      } else if (c > 0xFF) {
        throw BadRequest.query("The URL holds a character that is not percent-encoded.");
      } else {
        octets[length++] = (byte) (c == '+' && plusIsBlank ? ' ' : c);
      }
    }
    String text = utf8(ByteBuffer.wrap(octets, 0, length));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineBreak = c == '\t' || c == '\n' || c == '\r';
      if ((c < 0x20 && !(lineBreak && linesMayBreak)) || c == 0x7F) {
        throw BadRequest.query("The URL holds control character " + (int) c + ".");
      }
    }
    return text;
  }

  private static boolean isPlain(String raw, boolean plusIsBlank) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c < 0x20 || c > 0x7E || (c == '+' && plusIsBlank)) {
        return false;
      }
    }
    return true;
  }

  private static int octet(String raw, int percent) {
    int high = percent + 1 < raw.length() ? digit(raw.charAt(percent + 1)) : -1;
    int low = percent + 2 < raw.length() ? digit(raw.charAt(percent + 2)) : -1;
    if (high < 0 || low < 0) {
      throw BadRequest.query("The URL holds a % without two hexadecimal digits after it.");
    }
    return high << 4 | low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static String utf8(ByteBuffer octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException _) {
      throw BadRequest.query("The URL is not UTF-8.");
    }
  }
}
