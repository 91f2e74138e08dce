package io.rowstream.odata.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Seed;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

  @Test
  void every_guid_is_read_back_in_either_case() {
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < 1_000; i++) {
      var id = new UUID(random.nextLong(), random.nextLong());

      assertThat(GuidText.parse(id.toString())).isEqualTo(id);
      assertThat(GuidText.parse(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "{6f0d8c1e-0001-4000-8000-00000000abcd}",
        "6f0d8c1e00014000800000000000abcd",
        "6f0d8c1e-0001-4000-8000-00000000abcg",
        "6f0d8c1e_0001-4000-8000-00000000abcd",
        "6f0d8c1e-0001-4000-8000-00000000abc",
        "6f0d8c1e-0001-4000-8000-00000000abcd0",
        "6f0d8c1e-0001-4000-80000-0000000abcd",
        "6f0d8c1e-0001-4000-8000-00000000abc\u0664",
        "6f0d8c1e-0001-4000-8000-00000000abc\u0141",
        "+f0d8c1e-0001-4000-8000-00000000abcd"
      })
  void what_is_not_36_characters_of_a_guid_is_none(String text) {
    assertThat(GuidText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21, 2026-11-21T00:00:00Z",
    "2026-11-21T10:00Z, 2026-11-21T10:00:00Z",
    "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
    "2026-11-21T10:00:00.5Z, 2026-11-21T10:00:00.5Z",
    "2026-11-21T10:00:00.123456789Z, 2026-11-21T10:00:00.123456789Z",
    "2026-11-21T10:00:00+01:30, 2026-11-21T08:30:00Z",
    "2026-01-01T00:00:00-14:00, 2026-01-01T14:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
    "0001-01-01, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void times_are_read_with_offset_fraction_or_as_dates(String text, Instant expected) {
    assertThat(TimeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-13-01",
        "2026-00-10",
        "2026-02-29",
        "2026-04-31",
        "0000-01-01",
        "2026-11-21T10:00:00",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:60Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T10:00:00.1234567890Z",
        "2026-11-21T10:00:00+15:00",
        "2026-11-21T10:00:00+0100",
        "2026-11-21T10:00:00 01:00",
        "2026-11-21T10:00:00ZZ",
        "2026-11-21 10:00:00Z",
        "2026/11/21",
        "+2026-11-21",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-00:01",
        "99999-12-31T00:00:00Z",
        "\u0662026-11-21"
      })
  void what_is_not_a_time_is_none(String text) {
    assertThat(TimeText.parse(text)).isNull();
  }

  @Test
  void seconds_are_cut_and_fractions_kept_where_precision_counts() {
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < 1_000; i++) {
      var at =
          Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), 999_999_000);

      assertThat(TimeText.seconds(at)).isEqualTo(Instant.ofEpochSecond(at.getEpochSecond()) + "");
      assertThat(TimeText.parse(TimeText.precise(at))).isEqualTo(at);
    }
    assertThat(TimeText.precise(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "007", "1.50", "-12.5e-3", "1E+400", "1e400"})
  void numbers_are_read(String text) {
    assertThat(NumberText.parse(text)).isEqualByComparingTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "1e401",
        "1e999999",
        "1e-999999999999",
        "NaN",
        "INF",
        "0x10",
        "1_000",
        "1,5",
        "\u0661",
        "1e5.5",
        "--1"
      })
  void what_is_no_number_or_out_of_all_bounds_is_none(String text) {
    assertThat(NumberText.parse(text)).isNull();
    assertThat(NumberText.parse("1".repeat(NumberText.LENGTH_MAX + 1))).isNull();
  }

  @Test
  void text_is_plain_without_control_characters_and_half_surrogates() {
    assertThat(PlainText.flaw("tab\t line\r\n \u007F \uD83D\uDE00 \u2028")).isNull();
    assertThat(PlainText.flaw("nul\u0000")).contains("control character 0");
    assertThat(PlainText.flaw("\u001B[31m")).contains("control character 27");
    assertThat(PlainText.flaw("\uD83D")).contains("surrogate");
    assertThat(PlainText.flaw("\uDE00\uD83D")).contains("surrogate");
    assertThat(PlainText.flaw("\uD83D\uD83D\uDE00")).contains("surrogate");
  }
}
