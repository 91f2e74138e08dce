package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorSealTest {
  private static final UUID EPOCH = UUID.fromString("0f1e2d3c-4b5a-4968-8776-655443322110");
  private static final Cursor PLAIN = new Cursor(EPOCH, 812, -5);
  private static final Cursor IN_SNAPSHOT =
      new Cursor(EPOCH, Long.MAX_VALUE, 7, new RecordRef("contact", new UUID(3, 4)));

  private final CursorSeal seal =
      new CursorSeal("a secret of this database".getBytes(StandardCharsets.UTF_8));

  @Test
  void what_is_sealed_is_opened_again() {
    assertThat(seal.open(seal.seal(PLAIN))).contains(PLAIN);
    assertThat(seal.open(seal.seal(IN_SNAPSHOT))).contains(IN_SNAPSHOT);
    var longest = new Cursor(EPOCH, 0, 0, new RecordRef("a".repeat(100), new UUID(0, 0)));
    assertThat(seal.open(seal.seal(longest))).contains(longest);
  }

  @Test
  void its_text_is_safe_in_a_url_and_a_header() {
    assertThat(seal.seal(IN_SNAPSHOT)).matches("[A-Za-z0-9_-]{10,512}");
  }

  @Test
  void every_flipped_bit_of_what_is_sealed_is_noticed() {
    for (Cursor cursor : new Cursor[] {PLAIN, IN_SNAPSHOT}) {
      byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(cursor));
      for (int bit = 0; bit < sealed.length * 8; bit++) {
        byte[] forged = sealed.clone();
        forged[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
            .as("bit %d", bit)
            .isEmpty();
      }
    }
  }

  @Test
  void a_cursor_has_one_text_only() {
    for (Cursor cursor : new Cursor[] {PLAIN, IN_SNAPSHOT}) {
      String text = seal.seal(cursor);
      for (int i = 0; i < text.length(); i++) {
        for (char other = 0; other < 0x80; other++) {
          if (other != text.charAt(i)) {
            assertThat(seal.open(text.substring(0, i) + other + text.substring(i + 1)))
                .as("%s at %d", other, i)
                .isEmpty();
          }
        }
      }
      assertThat(seal.open(text + "=")).isEmpty();
      assertThat(seal.open(text + "A")).isEmpty();
      assertThat(seal.open(text.substring(1))).isEmpty();
    }
  }

  @Test
  void another_secret_opens_nothing() {
    var other = new CursorSeal("a secret of another database".getBytes(StandardCharsets.UTF_8));

    assertThat(other.open(seal.seal(PLAIN))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "812", "null", "!", "AAAA", "é", "AA==", " ", "a\0b"})
  void what_is_no_cursor_is_none(String text) {
    assertThat(seal.open(text)).isEmpty();
  }

  @Test
  void longer_text_than_any_cursor_is_none() {
    assertThat(seal.open("A".repeat(513))).isEmpty();
    assertThat(seal.open("A".repeat(10_000_000))).isEmpty();
  }

  @Test
  void many_threads_share_it() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var opened = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 8; i++) {
        long number = i;
        opened.add(
            threads.submit(() -> {
              for (long position = 0; position < 2_000; position++) {
                var cursor = new Cursor(EPOCH, position, number);
                if (!seal.open(seal.seal(cursor)).orElseThrow().equals(cursor)) {
                  return false;
                }
              }
              return true;
            }));
      }
      for (Future<Boolean> one : opened) {
        assertThat(one.get()).isTrue();
      }
    }
  }
}
