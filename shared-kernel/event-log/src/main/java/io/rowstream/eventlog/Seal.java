package io.rowstream.eventlog;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Turns octets into opaque text that cannot be made without the secret, and back: base64url of the
/// octets and of a truncated HMAC-SHA256 over them. Thread-safe.
final class Seal {
  private static final int SEAL_BYTES = 12;

  /// The longest text there is, in characters.
  private static final int TEXT_LENGTH_MAX = 512;

  private final SecretKeySpec key;
  private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::newMac);

  Seal(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  String close(byte[] fields) {
    byte[] sealed = Arrays.copyOf(fields, fields.length + SEAL_BYTES);
    System.arraycopy(mac(fields), 0, sealed, fields.length, SEAL_BYTES);
    return text(sealed);
  }

  private static String text(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// @return null if the text is not one this seal has made
  byte @Nullable [] open(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      return null;
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
    if (sealed.length < SEAL_BYTES || !text.equals(text(sealed))) {
      return null;
    }
    byte[] fields = Arrays.copyOf(sealed, sealed.length - SEAL_BYTES);
    byte[] seal = Arrays.copyOfRange(sealed, fields.length, sealed.length);
    return MessageDigest.isEqual(seal, Arrays.copyOf(mac(fields), SEAL_BYTES)) ? fields : null;
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
