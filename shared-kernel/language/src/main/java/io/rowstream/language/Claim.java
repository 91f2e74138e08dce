package io.rowstream.language;

import io.rowstream.language.entity.AlternateKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Names the streams that keep what holds beyond one record: who has the values of an alternate
/// key, which record has ended, and which entity type has a name.
///
/// A claim is a stream like a record's. Its last event says who holds it, and the version check of
/// the append makes sure that nobody else has taken it meanwhile.
public final class Claim {

  /// The entity type of all claims; no logical name looks like it.
  public static final String STREAM = "rowstream.claim";

  private Claim() {}

  /// The claim on an alternate key's values.
  ///
  /// @param values of the record's attributes
  /// @return null if one of the key's attributes is empty
  public static @Nullable RecordRef onKey(
      String entityType, AlternateKey key, Map<String, Value> values) {
    var content = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(content)) {
      write(out, "key");
      write(out, entityType);
      if (key.since() > 0) {
        write(out, "since " + key.since());
      }
      for (String attribute : key.attributes()) {
        Value value = values.getOrDefault(attribute, Value.empty());
        if (value.isEmpty()) {
          return null;
        }
        write(out, attribute);
        write(out, text(value));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return stream(content.toByteArray());
  }

  /// The claim that is held by `record` itself while it is deleted.
  public static RecordRef onEnd(RecordRef record) {
    return stream(("end " + record).getBytes(StandardCharsets.UTF_8));
  }

  /// The claim of an entity type, held by its stream, on a name that is only once.
  ///
  /// @param kind what is named so
  public static RecordRef onName(String kind, String name) {
    return stream((kind + " " + name).getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Empty _ -> "";
      case Value.Text(String text) -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Decimal(var number) -> number.toPlainString();
      case Value.YesNo(boolean yes) -> Boolean.toString(yes);
      case Value.DateTime(var at) -> at.toString();
      case Value.Guid(UUID id) -> id.toString();
      case Value.Lookup(RecordRef target) -> target.toString();
    };
  }

  /// A UUID of version 8, RFC 9562: the first bits of a SHA-256.
  private static RecordRef stream(byte[] name) {
    try {
      var hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
      long high = (hash.getLong() & ~0xF000L) | 0x8000L;
      long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
      return new RecordRef(STREAM, new UUID(high, low));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
