package io.rowstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoNumberFormatTest {
  private static final Instant AT = Instant.parse("2026-11-22T18:05:09.007Z");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CAS-{SEQNUM:5}-{DATETIMEUTC:yyyyMMdd},            CAS-00042-20261122
          {SEQNUM:1},                                       42
          {SEQNUM:18}#,                                     000000000000000042#
          Nr. {SEQNUM:2}/{DATETIMEUTC:yy},                  Nr. 42/26
          {DATETIMEUTC:yyyyMMddHHmmss}{SEQNUM:3},           20261122180509042
          {DATETIMEUTC:yyyy-MM-dd hh:mm:ss.fff} {SEQNUM:1}, 2026-11-22 06:05:09.007 42
          {DATETIMEUTC:dd/MM_yy}-{SEQNUM:1},                22/11_26-42
          """)
  void a_value_is_the_format_with_its_places_filled(String format, String value) {
    assertThat(AutoNumberFormat.parse(format).value(42, AT, new Random())).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAS-{SEQNUM:5}-{RANDSTRING:6}-{DATETIMEUTC:yyyyMMdd}",
        "{RANDSTRING:1}{SEQNUM:1}{RANDSTRING:5}",
        "QUO-{SEQNUM:3}#{RANDSTRING:3}#{RANDSTRING:5}"
      })
  void a_format_is_read_as_it_is_written_and_knows_how_long_its_values_are(String written) {
    var format = AutoNumberFormat.parse(written);

    assertThat(format).hasToString(written).isEqualTo(AutoNumberFormat.parse(written));
    for (long number : new long[] {0, 1_000, 123_456, AutoNumberFormat.SEED_MAX}) {
      assertThat(format.value(number, AT, new Random())).hasSize(format.length(number));
    }
  }

  @Test
  void the_random_part_is_of_capital_letters_and_digits() {
    var format = AutoNumberFormat.parse("{RANDSTRING:6}-{SEQNUM:1}");

    assertThat(format.value(7, AT, new Random(1))).matches("[A-Z0-9]{6}-7");
    assertThat(format.value(7, AT, new Random(1))).isEqualTo(format.value(7, AT, new Random(1)));
    assertThat(format.value(7, AT, new Random(1))).isNotEqualTo(format.value(7, AT, new Random(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CAS",
        "CAS-{RANDSTRING:6}",
        "{SEQNUM:1}{SEQNUM:1}",
        "{SEQNUM}",
        "{SEQNUM:}",
        "{SEQNUM:0}",
        "{SEQNUM:05}",
        "{SEQNUM:19}",
        "{SEQNUM:-1}",
        "{SEQNUM: 5}",
        "{SEQNUM:5",
        "SEQNUM:5}{SEQNUM:5}",
        "{{SEQNUM:5}}",
        "{seqnum:5}",
        "{SEQNUM:5}{RANDSTRING:7}",
        "{SEQNUM:5}{RANDSTRING:0}",
        "{SEQNUM:5}{RANDSTRING:x}",
        "{SEQNUM:5}{DATETIMEUTC:}",
        "{SEQNUM:5}{DATETIMEUTC:MMM}",
        "{SEQNUM:5}{DATETIMEUTC:MMMM}",
        "{SEQNUM:5}{DATETIMEUTC:yyyyyy}",
        "{SEQNUM:5}{DATETIMEUTC:y}",
        "{SEQNUM:5}{DATETIMEUTC:dddd}",
        "{SEQNUM:5}{DATETIMEUTC:'}",
        "{SEQNUM:5}{DATETIMEUTC:yyyy[MM]}",
        "{SEQNUM:5}{DATETIMEUTC:dd-dd-dd-dd-dd-dd-dd-dd-dd-dd-dd}",
        "{SEQNUM:5}{DATETIME:yyyy}",
        "{SEQNUM:5}\u0000",
        "{SEQNUM:5}\n",
        "{SEQNUM:5}\uD83D\uDE00"
      })
  void what_is_no_format_is_refused_when_it_is_read(String format) {
    assertThatIllegalArgumentException().isThrownBy(() -> AutoNumberFormat.parse(format));
  }

  @Test
  void a_format_has_at_most_200_characters() {
    AutoNumberFormat.parse("{SEQNUM:5}" + "x".repeat(190));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AutoNumberFormat.parse("{SEQNUM:5}" + "x".repeat(191)));
  }

  @Test
  void the_first_number_fits_into_the_attribute() {
    new AttributeType.Text(8, AutoNumberFormat.parse("CAS-{SEQNUM:1}"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttributeType.Text(7, AutoNumberFormat.parse("CAS-{SEQNUM:1}")));
  }
}
