package io.rowstream.standalone.postgres;

import java.security.SecureRandom;
import java.util.Base64;

/// The superuser's password, which nobody has to type.
final class Password {
  private static final int RANDOM_BYTES = 24;

  private Password() {}

  static String generate() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
