package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns cursors into opaque text and back: base64url of the fields and of a truncated HMAC-SHA256
/// over them. Thread-safe.
public final class CursorSeal {
  private static final byte FORMAT = 1;
  private static final int SEAL_BYTES = 12;

  /// The longest text a cursor can be, in characters.
  private static final int TEXT_LENGTH_MAX = 512;

  private final SecretKeySpec key;
  private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::newMac);

  public CursorSeal(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// The seal all nodes on one database share.
  public static CursorSeal read(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT secret FROM log.cursor_key");
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new LogDamagedException("the log has no cursor key");
      }
      return new CursorSeal(rows.getBytes("secret"));
    }
  }

  public String seal(Cursor cursor) {
    RecordRef after = cursor.snapshotAfter();
    byte[] type =
        after == null ? new byte[0] : after.entityType().getBytes(StandardCharsets.US_ASCII);
    var fields = ByteBuffer.allocate(34 + (after == null ? 0 : 16 + type.length));
    fields.put(FORMAT).put((byte) (after == null ? 0 : 1));
    put(fields, cursor.epoch()).putLong(cursor.position()).putLong(cursor.filter());
    if (after != null) {
      put(fields, after.id()).put(type);
    }
    byte[] sealed = Arrays.copyOf(fields.array(), fields.capacity() + SEAL_BYTES);
    System.arraycopy(mac(fields.array()), 0, sealed, fields.capacity(), SEAL_BYTES);
    return text(sealed);
  }

  private static String text(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// @return empty if the text is not a cursor this seal has made
  public Optional<Cursor> open(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(text);
      if (sealed.length < 34 + SEAL_BYTES || !text.equals(text(sealed))) {
        return Optional.empty();
      }
      byte[] fields = Arrays.copyOf(sealed, sealed.length - SEAL_BYTES);
      byte[] seal = Arrays.copyOfRange(sealed, fields.length, sealed.length);
      if (!MessageDigest.isEqual(seal, Arrays.copyOf(mac(fields), SEAL_BYTES))) {
        return Optional.empty();
      }
      return fields[0] == FORMAT ? Optional.of(fields(ByteBuffer.wrap(fields))) : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      return Optional.empty();
    }
  }

  private static Cursor fields(ByteBuffer fields) {
    boolean snapshot = fields.get(1) == 1;
    fields.position(2);
    var epoch = uuid(fields);
    long position = fields.getLong();
    long filter = fields.getLong();
    if (!snapshot) {
      return new Cursor(epoch, position, filter);
    }
    var id = uuid(fields);
    byte[] type = new byte[fields.remaining()];
    fields.get(type);
    return new Cursor(
        epoch, position, filter, new RecordRef(new String(type, StandardCharsets.US_ASCII), id));
  }

  private static ByteBuffer put(ByteBuffer fields, UUID id) {
    return fields.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer fields) {
    return new UUID(fields.getLong(), fields.getLong());
  }

  private byte[] mac(byte[] fields) {
    return macs.get().doFinal(fields);
  }

  private Mac newMac() {
    try {
      var mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + key.getAlgorithm(), e);
    }
  }
}
