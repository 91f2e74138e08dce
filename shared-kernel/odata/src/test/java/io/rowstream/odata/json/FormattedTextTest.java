package io.rowstream.odata.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormattedTextTest {
  private static final AttributeType CHOICE =
      new AttributeType.Choice(Map.of(0, "Active", 1, "Inactive"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0.00",
        "1.5 | 1.50",
        "-999.99 | -999.99",
        "-1000 | -1,000.00",
        "123456 | 123,456.00",
        "1234567.8 | 1,234,567.80",
        "1E+9 | 1,000,000,000.00"
      })
  void numbers_are_grouped_and_have_the_digits_of_their_column(String number, String text) {
    var value = new Value.Decimal(new BigDecimal(number));

    assertThat(FormattedText.of(new AttributeType.Money(BigDecimal.ZERO, BigDecimal.TEN, 2), value))
        .isEqualTo(text);
    assertThat(
            FormattedText.of(new AttributeType.Decimal(BigDecimal.ZERO, BigDecimal.TEN, 2), value))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "-1 | -1",
        "999 | 999",
        "1000 | 1,000",
        "-123456 | -123,456",
        "9223372036854775807 | 9,223,372,036,854,775,807"
      })
  void whole_numbers_are_grouped(long number, String text) {
    assertThat(FormattedText.of(new AttributeType.BigInteger(), Value.whole(number)))
        .isEqualTo(text);
  }

  @Test
  void a_choice_is_its_label_and_what_is_none_of_its_options_a_number() {
    assertThat(FormattedText.of(CHOICE, Value.whole(1))).isEqualTo("Inactive");
    assertThat(FormattedText.of(CHOICE, Value.whole(7))).isEqualTo("7");
    assertThat(FormattedText.of(CHOICE, Value.whole(1L << 32))).isEqualTo("4,294,967,296");
    assertThat(FormattedText.of(new AttributeType.YesNo(), new Value.YesNo(true))).isEqualTo("Yes");
    assertThat(FormattedText.of(new AttributeType.YesNo(), new Value.YesNo(false))).isEqualTo("No");
  }

  @ParameterizedTest
  @CsvSource({
    "2023-03-25T17:42:47.5Z, 3/25/2023 5:42 PM",
    "2026-11-01T00:05:00Z, 11/1/2026 12:05 AM",
    "0001-01-01T12:00:00Z, 1/1/0001 12:00 PM"
  })
  void times_are_those_of_utc(Instant at, String text) {
    assertThat(FormattedText.of(new AttributeType.DateTime(), new Value.DateTime(at)))
        .isEqualTo(text);
  }

  @Test
  void texts_and_references_have_no_other_form() {
    var id = new UUID(1, 2);
    assertThat(FormattedText.of(new AttributeType.Text(9), Value.text("1000"))).isNull();
    assertThat(FormattedText.of(new AttributeType.Guid(), new Value.Guid(id))).isNull();
    assertThat(
            FormattedText.of(
                new AttributeType.Guid(), new Value.Lookup(new RecordRef("account", id))))
        .isNull();
    assertThat(FormattedText.of(CHOICE, Value.empty())).isNull();
  }
}
