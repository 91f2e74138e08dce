package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.PlainText;
import io.rowstream.odata.text.TimeText;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The text of a skip token: base64url of a format byte, the id, the values, each behind a byte
/// that tells its type, and a CRC-32 over the query's fingerprint and all of it.
final class SkipTokenText {
  private static final byte FORMAT = 1;
  private static final int CHECKSUM_BYTES = 4;

  private static final byte EMPTY = 0;
  private static final byte TEXT = 1;
  private static final byte WHOLE = 2;
  private static final byte DECIMAL = 3;
  private static final byte NO = 4;
  private static final byte YES = 5;
  private static final byte TIME = 6;
  private static final byte GUID = 7;

  private SkipTokenText() {}

  static String write(SkipToken token, int fingerprint) {
    var fields = new ByteArrayOutputStream(64);
    fields.write(FORMAT);
    fields.writeBytes(guid(token.id()));
    token.values().forEach(value -> write(fields, value));
    byte[] content = fields.toByteArray();
    fields.writeBytes(
        ByteBuffer.allocate(CHECKSUM_BYTES)
            .putInt(checksum(content, content.length, fingerprint))
            .array());
    return encode(fields.toByteArray());
  }

  private static String encode(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  private static void write(ByteArrayOutputStream fields, Value value) {
    switch (value) {
      case Value.Empty _ -> fields.write(EMPTY);
      case Value.Text(String text) -> write(fields, TEXT, text);
      case Value.Whole(long number) ->
          write(fields, WHOLE, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      case Value.Decimal(BigDecimal number) -> write(fields, DECIMAL, number.toString());
      case Value.YesNo(boolean yes) -> fields.write(yes ? YES : NO);
      case Value.DateTime(Instant at) ->
          write(
              fields,
              TIME,
              ByteBuffer.allocate(12).putLong(at.getEpochSecond()).putInt(at.getNano()).array());
      case Value.Guid(UUID id) -> write(fields, GUID, guid(id));
      case Value.Lookup(var target) -> write(fields, GUID, guid(target.id()));
    }
  }

  private static void write(ByteArrayOutputStream fields, byte type, byte[] content) {
    fields.write(type);
    fields.writeBytes(content);
  }

  private static void write(ByteArrayOutputStream fields, byte type, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    write(fields, type, ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array());
    fields.writeBytes(octets);
  }

  private static byte[] guid(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static int checksum(byte[] content, int length, int fingerprint) {
    var sum = new CRC32();
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(fingerprint).flip());
    sum.update(content, 0, length);
    return (int) sum.getValue();
  }

  /// @return null if the text is not a token made for the fingerprint
  static @Nullable SkipToken read(String text, int fingerprint) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(text);
      int length = sealed.length - CHECKSUM_BYTES;
      if (length < 1 || sealed[0] != FORMAT || !encode(sealed).equals(text)) {
        return null;
      }
      int expected = checksum(sealed, length, fingerprint);
      if (ByteBuffer.wrap(sealed, length, CHECKSUM_BYTES).getInt() != expected) {
        return null;
      }
      return read(ByteBuffer.wrap(sealed, 1, length - 1));
    } catch (IllegalArgumentException
        | BufferUnderflowException
        | DateTimeException
        | CharacterCodingException _) {
      return null;
    }
  }

  private static SkipToken read(ByteBuffer fields) throws CharacterCodingException {
    var id = new UUID(fields.getLong(), fields.getLong());
    var values = new ArrayList<Value>();
    while (fields.hasRemaining()) {
      values.add(value(fields));
    }
    return new SkipToken(values, id);
  }

  private static Value value(ByteBuffer fields) throws CharacterCodingException {
    byte type = fields.get();
    return switch (type) {
      case EMPTY -> Value.empty();
      case TEXT -> new Value.Text(plain(text(fields)));
      case WHOLE -> new Value.Whole(fields.getLong());
      case DECIMAL -> new Value.Decimal(number(text(fields)));
      case NO -> new Value.YesNo(false);
      case YES -> new Value.YesNo(true);
      case TIME -> new Value.DateTime(time(fields.getLong(), fields.getInt()));
      case GUID -> new Value.Guid(new UUID(fields.getLong(), fields.getLong()));
      default -> throw new IllegalArgumentException("unknown type of value: " + type);
    };
  }

  private static String plain(String text) {
    String flaw = PlainText.flaw(text);
    if (flaw != null) {
      throw new IllegalArgumentException(flaw);
    }
    return text;
  }

  private static BigDecimal number(String text) {
    BigDecimal number = NumberText.parse(text);
    if (number == null) {
      throw new IllegalArgumentException("not a number");
    }
    return number;
  }

  private static Instant time(long second, int nano) {
    var at = Instant.ofEpochSecond(second, nano);
    if (!TimeText.isInRange(at)) {
      throw new IllegalArgumentException("out of range: " + at);
    }
    return at;
  }

  private static String text(ByteBuffer fields) throws CharacterCodingException {
    int length = fields.getInt();
    if (length < 0 || length > fields.remaining()) {
      throw new BufferUnderflowException();
    }
    var octets = fields.slice(fields.position(), length);
    fields.position(fields.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
  }
}
