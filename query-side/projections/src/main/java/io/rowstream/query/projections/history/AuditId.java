package io.rowstream.query.projections.history;

import io.rowstream.language.RecordRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The id of an entry in the audit trail: where it stands in the log, and half of a digest of its
/// record and version, which no other entry has there. The same on every node and for ever.
public final class AuditId {
  private static final long VERSION_MASK = 0xF000L;
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT = 0b10L << 62;

  /// The highest position an id has room for.
  static final long POSITION_MAX = (1L << 62) - 1;

  private AuditId() {}

  /// @param version which the entry made of the record
  public static UUID of(RecordRef record, long version, long position) {
    if (position < 0 || position > POSITION_MAX) {
      throw new IllegalArgumentException("no room for position " + position);
    }
    long digest = digest(record + "/" + version);
    return new UUID((digest & ~VERSION_MASK) | VERSION_8, VARIANT | position);
  }

  /// Where the entry stands, if the id is one.
  static long position(UUID id) {
    return id.getLeastSignificantBits() & POSITION_MAX;
  }

  private static long digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
