package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.DeltaToken.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTokenSealTest {
  private static final UUID EPOCH = UUID.fromString("0f1e2d3c-4b5a-4968-8776-655443322110");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final CursorSeal cursors =
      new CursorSeal("a secret of this database".getBytes(StandardCharsets.UTF_8));
  private final DeltaTokenSeal seal = cursors.deltaTokens();

  private static DeltaToken token(Stage stage) {
    return new DeltaToken(stage, EPOCH, 812, 900, "a".repeat(100), -5, NOON.plusMillis(7));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_sealed_is_opened_again_in_whole_seconds(Stage stage) {
    String text = seal.seal(token(stage));

    assertThat(text).matches("[A-Za-z0-9_-]{10,512}");
    assertThat(seal.open(text)).contains(token(stage));
    assertThat(seal.open(text).orElseThrow().issuedOn()).isEqualTo(NOON);
  }

  @Test
  void every_flipped_bit_of_what_is_sealed_is_noticed() {
    byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(token(Stage.CHANGES)));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] forged = sealed.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void neither_a_cursor_nor_a_token_of_another_secret_is_taken() {
    var elsewhere = new CursorSeal(new byte[] {1, 2, 3}).deltaTokens();

    assertThat(seal.open(cursors.seal(new Cursor(EPOCH, 812, -5)))).isEmpty();
    assertThat(cursors.open(seal.seal(token(Stage.CHANGES)))).isEmpty();
    assertThat(seal.open(elsewhere.seal(token(Stage.CHANGES)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "919042%2108", "919042!08/22/2017 08:10:44", "AAAA", "é", "a\0b"})
  void what_is_no_token_is_none(String text) {
    assertThat(seal.open(text)).isEmpty();
  }

  @Test
  void longer_text_than_any_token_is_none() {
    assertThat(seal.open("A".repeat(10_000_000))).isEmpty();
  }

  @Test
  void what_follows_an_ended_delta_begins_where_it_ended() {
    assertThat(token(Stage.MORE_CHANGES).ended())
        .isEqualTo(new DeltaToken(Stage.CHANGES, EPOCH, 900, 900, "a".repeat(100), -5, NOON));
  }
}
