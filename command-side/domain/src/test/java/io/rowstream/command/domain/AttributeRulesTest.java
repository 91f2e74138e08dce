package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Values that fit their attributes, and values that do not.
class AttributeRulesTest {
  private static final RecordRef THING = new RecordRef("thing", new UUID(0, 7));
  private static final EntityType TYPE =
      EntityType.of(
          "thing",
          "things",
          "Thing",
          "text",
          attribute("text", new AttributeType.Text(5)),
          attribute("memo", new AttributeType.Memo(10)),
          attribute("whole", new AttributeType.WholeNumber(-3, 7)),
          attribute("big", new AttributeType.BigInteger()),
          attribute("decimal", new AttributeType.Decimal(number("-10.5"), number("10.5"), 2)),
          attribute("money", new AttributeType.Money(number("0"), number("1000"), 4)),
          attribute("boolean", new AttributeType.YesNo()),
          attribute("time", new AttributeType.DateTime()),
          attribute("choice", new AttributeType.Choice(Map.of(1, "one", 5, "five"))),
          attribute("lookup", new AttributeType.Lookup(Set.of("contact", "account"))),
          attribute("guid", new AttributeType.Guid()));

  private final Scenario record = new Scenario(THING, TYPE);

  static Stream<Arguments> fitting() {
    return Stream.of(
        Arguments.of("text", Value.text("")),
        Arguments.of("text", Value.text("12345")),
        Arguments.of("text", Value.text("\ud83d\ude00\ud83d\ude001")),
        Arguments.of("memo", Value.text("two\nlines")),
        Arguments.of("whole", Value.whole(-3)),
        Arguments.of("whole", Value.whole(7)),
        Arguments.of("big", Value.whole(Long.MIN_VALUE)),
        Arguments.of("big", Value.whole(Long.MAX_VALUE)),
        Arguments.of("decimal", decimal("10.5")),
        Arguments.of("decimal", decimal("-10.50")),
        Arguments.of("decimal", decimal("0.010")),
        Arguments.of("money", decimal("1000.0000000")),
        Arguments.of("money", decimal("1E+3")),
        Arguments.of("boolean", new Value.YesNo(false)),
        Arguments.of("time", new Value.DateTime(Instant.EPOCH)),
        Arguments.of("choice", Value.whole(5)),
        Arguments.of("lookup", new Value.Lookup(ADA)),
        Arguments.of("guid", new Value.Guid(new UUID(1, 1))));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void what_fits_is_taken(String name, Value value) {
    record.given(ADA, Contacts.created());
    record.when(new CreateRecord(THING, Map.of(name, value))).expectCreated(true);
    record.when(new UpdateRecord(THING, Map.of(name, Value.empty()), Expectation.NONE)).results();
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of("text", Value.whole(1)),
        Arguments.of("text", Value.text("a\0b")),
        Arguments.of("text", Value.text("a\ud800b")),
        Arguments.of("memo", Value.text("\udc00")),
        Arguments.of("memo", new Value.YesNo(true)),
        Arguments.of("whole", Value.whole(-4)),
        Arguments.of("whole", Value.whole(8)),
        Arguments.of("whole", Value.text("1")),
        Arguments.of("whole", decimal("1")),
        Arguments.of("big", decimal("1")),
        Arguments.of("decimal", decimal("10.51")),
        Arguments.of("decimal", decimal("-11")),
        Arguments.of("decimal", decimal("0.001")),
        Arguments.of("decimal", decimal("1E+1000000")),
        Arguments.of("decimal", decimal("1E-1000000")),
        Arguments.of("decimal", Value.whole(1)),
        Arguments.of("money", decimal("-0.01")),
        Arguments.of("money", decimal("1000.0001")),
        Arguments.of("boolean", Value.whole(1)),
        Arguments.of("time", Value.text("2026-11-20")),
        Arguments.of("choice", Value.whole(2)),
        Arguments.of("choice", Value.whole(5 + (1L << 32))),
        Arguments.of("choice", Value.text("one")),
        Arguments.of("lookup", new Value.Lookup(THING)),
        Arguments.of("lookup", new Value.Guid(new UUID(1, 1))),
        Arguments.of("guid", Value.text("00000000-0000-0000-0000-000000000001")),
        Arguments.of("unknown", Value.whole(1)),
        Arguments.of("unknown", Value.empty()));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void what_does_not_fit_is_refused_by_name(String name, Value value) {
    assertThat(record.when(new CreateRecord(THING, Map.of(name, value))).refusal())
        .isInstanceOfSatisfying(
            Refusal.InvalidValue.class,
            invalid -> {
              assertThat(invalid.entityType()).isEqualTo("thing");
              assertThat(invalid.attribute()).isEqualTo(name);
            });
    record.given(Contacts.created());
    assertThat(
            record.when(new UpdateRecord(THING, Map.of(name, value), Expectation.NONE)).refusal())
        .isInstanceOf(Refusal.InvalidValue.class);
  }

  @Test
  void text_that_is_too_long_is_refused_with_the_length_allowed() {
    record
        .when(new CreateRecord(THING, Map.of("text", Value.text("123456"))))
        .expectRefusal(new Refusal.TextTooLong("thing", "text", 5));
    record
        .when(new CreateRecord(THING, Map.of("memo", Value.text("12345678901"))))
        .expectRefusal(new Refusal.TextTooLong("thing", "memo", 10));
  }

  private static Attribute attribute(String name, AttributeType type) {
    return new Attribute(name, name, type);
  }

  private static Value decimal(String number) {
    return new Value.Decimal(number(number));
  }

  private static BigDecimal number(String number) {
    return new BigDecimal(number);
  }
}
