package io.rowstream.command.app.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/// Ids that follow from what a row is known by outside, so that it is the same record in every
/// import: UUIDs of version 5 (RFC 9562) in the namespace [#NAMESPACE].
///
/// The name is the set's name and, for each value of the key in its order, `/`, its length in
/// octets of UTF-8, `:` and the value: `cities/2:FR/4:Lyon`. For ever: another rule would import
/// every record anew.
final class RowIds {
  static final UUID NAMESPACE = UUID.fromString("7d0c2a5e-3b64-4f0e-9a51-6c1f8f2f1d3b");

  private RowIds() {}

  static UUID of(String setName, List<String> key) {
    var name = new StringBuilder(setName);
    for (String value : key) {
      int octets = value.getBytes(StandardCharsets.UTF_8).length;
      name.append('/').append(octets).append(':').append(value);
    }
    byte[] hash = sha1(name.toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & ~0xF000L) | 0x5000;
    long low = (bits.getLong() & ~(0b11L << 62)) | 1L << 63;
    return new UUID(high, low);
  }

  private static byte[] sha1(byte[] name) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .flip());
      return digest.digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
