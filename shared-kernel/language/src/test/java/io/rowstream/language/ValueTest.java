package io.rowstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueTest {

  @Test
  void numbers_are_the_same_however_they_are_written() {
    assertThat(decimal("1.50")).isEqualTo(decimal("1.5")).hasSameHashCodeAs(decimal("1.5"));
    assertThat(decimal("1E+3")).isEqualTo(decimal("1000.00"));
    assertThat(decimal("0.000")).isEqualTo(decimal("0")).isEqualTo(decimal("-0E+7"));
    assertThat(decimal("1.5")).isNotEqualTo(decimal("-1.5"));
  }

  @Test
  void times_are_the_same_to_the_microsecond() {
    assertThat(time("2026-11-20T10:00:00.123456789Z"))
        .isEqualTo(time("2026-11-20T10:00:00.123456Z"));
    assertThat(time("1815-12-10T00:00:00.0000009Z")).isEqualTo(time("1815-12-10T00:00:00Z"));
    assertThat(time("2026-11-20T10:00:00.000001Z")).isNotEqualTo(time("2026-11-20T10:00:00Z"));
  }

  @Test
  void values_of_two_types_are_never_the_same() {
    var id = new UUID(0, 1);
    var values =
        List.of(
            Value.empty(),
            Value.text(""),
            Value.text("1"),
            Value.whole(1),
            decimal("1"),
            new Value.YesNo(true),
            new Value.Guid(id),
            Value.text(id.toString()),
            new Value.Lookup(new RecordRef("contact", id)),
            new Value.Lookup(new RecordRef("account", id)));

    assertThat(values).doesNotHaveDuplicates();
  }

  @Test
  void only_no_value_is_empty() {
    assertThat(Value.empty().isEmpty()).isTrue();
    assertThat(Value.empty()).isEqualTo(new Value.Empty());
    assertThat(Value.text("").isEmpty()).isFalse();
    assertThat(Value.whole(0).isEmpty()).isFalse();
  }

  @Test
  void a_change_leads_to_another_value_and_can_be_reversed() {
    var change = new Change(Value.empty(), Value.text("a"));

    assertThat(change.reversed()).isEqualTo(new Change(Value.text("a"), Value.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Change(decimal("1.0"), decimal("1")));
  }

  private static Value decimal(String number) {
    return new Value.Decimal(new BigDecimal(number));
  }

  private static Value time(String at) {
    return new Value.DateTime(Instant.parse(at));
  }
}
