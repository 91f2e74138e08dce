package io.rowstream.eventlog;

import io.rowstream.eventlog.DeltaToken.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Turns delta tokens into opaque signed text, safe in a URL, and back. Thread-safe.
public final class DeltaTokenSeal {
  private static final byte FORMAT = 2;
  private static final int FIELD_BYTES = 2 + 16 + 4 * Long.BYTES;

  private final Seal seal;

  DeltaTokenSeal(Seal seal) {
    this.seal = seal;
  }

  public String seal(DeltaToken token) {
    byte[] type = token.entityType().getBytes(StandardCharsets.US_ASCII);
    var fields = ByteBuffer.allocate(FIELD_BYTES + type.length);
    fields.put(FORMAT).put(token.stage().code());
    CursorSeal.put(fields, token.epoch())
        .putLong(token.position())
        .putLong(token.until())
        .putLong(token.query())
        .putLong(token.issuedOn().getEpochSecond())
        .put(type);
    return seal.close(fields.array());
  }

  /// @return empty if the text is not a delta token this seal has made
  public Optional<DeltaToken> open(String text) {
    byte[] sealed = seal.open(text);
    if (sealed == null || sealed.length < FIELD_BYTES || sealed[0] != FORMAT) {
      return Optional.empty();
    }
    var fields = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    var stage = stage(fields.get());
    var epoch = CursorSeal.uuid(fields);
    long position = fields.getLong();
    long until = fields.getLong();
    long query = fields.getLong();
    var issuedOn = Instant.ofEpochSecond(fields.getLong());
    String type = StandardCharsets.US_ASCII.decode(fields).toString();
    return Optional.of(new DeltaToken(stage, epoch, position, until, type, query, issuedOn));
  }

  private static Stage stage(byte code) {
    for (Stage stage : Stage.values()) {
      if (stage.code() == code) {
        return stage;
      }
    }
    throw new IllegalArgumentException("a token of a newer version, at stage " + code);
  }
}
