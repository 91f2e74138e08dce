package io.rowstream.eventlog;

import io.rowstream.language.RecordRef;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Turns cursors into opaque signed text and back. Thread-safe.
public final class CursorSeal {
  private static final byte FORMAT = 1;
  private static final int FIELD_BYTES = 34;

  private final Seal seal;

  public CursorSeal(byte[] secret) {
    seal = new Seal(secret);
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

  /// What signs delta tokens with the same secret; neither takes the other's for its own.
  public DeltaTokenSeal deltaTokens() {
    return new DeltaTokenSeal(seal);
  }

  public String seal(Cursor cursor) {
    RecordRef after = cursor.snapshotAfter();
    byte[] type =
        after == null ? new byte[0] : after.entityType().getBytes(StandardCharsets.US_ASCII);
    var fields = ByteBuffer.allocate(FIELD_BYTES + (after == null ? 0 : 16 + type.length));
    fields.put(FORMAT).put((byte) (after == null ? 0 : 1));
    put(fields, cursor.epoch()).putLong(cursor.position()).putLong(cursor.filter());
    if (after != null) {
      put(fields, after.id()).put(type);
    }
    return seal.close(fields.array());
  }

  /// @return empty if the text is not a cursor this seal has made
  public Optional<Cursor> open(String text) {
    byte[] fields = seal.open(text);
    if (fields == null || fields.length < FIELD_BYTES || fields[0] != FORMAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(fields(ByteBuffer.wrap(fields)));
    } catch (BufferUnderflowException _) {
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

  static ByteBuffer put(ByteBuffer fields, UUID id) {
    return fields.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  static UUID uuid(ByteBuffer fields) {
    return new UUID(fields.getLong(), fields.getLong());
  }
}
