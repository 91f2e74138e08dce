package io.rowstream.odata.url;

import static io.rowstream.odata.Examples.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.testkit.Seed;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

  @Test
  void comparisons_take_literals_of_every_type_on_either_side() {
    assertThat(Filter.parse("name eq 'O''Neil'"))
        .isEqualTo(compare("name", Comparator.EQ, new Literal.Text("O'Neil")));
    assertThat(Filter.parse("_x_value ne " + ID))
        .isEqualTo(compare("_x_value", Comparator.NE, new Literal.Guid(ID)));
    assertThat(Filter.parse("_x_value ne '" + ID + "'"))
        .isEqualTo(compare("_x_value", Comparator.NE, new Literal.Text(ID.toString())));
    assertThat(Filter.parse("employees gt -5"))
        .isEqualTo(compare("employees", Comparator.GT, new Literal.Whole(-5)));
    assertThat(Filter.parse("rate ge 1.50"))
        .isEqualTo(compare("rate", Comparator.GE, new Literal.Fraction(new BigDecimal("1.50"))));
    assertThat(Filter.parse("views lt 9223372036854775808"))
        .isEqualTo(
            compare(
                "views",
                Comparator.LT,
                new Literal.Fraction(new BigDecimal("9223372036854775808"))));
    assertThat(Filter.parse("donotemail le true"))
        .isEqualTo(compare("donotemail", Comparator.LE, new Literal.YesNo(true)));
    assertThat(Filter.parse("opened ge 2026-11-21"))
        .isEqualTo(compare("opened", Comparator.GE, new Literal.Date(LocalDate.of(2026, 11, 21))));
    assertThat(Filter.parse("opened ge 2026-11-21T10:00:00+01:00"))
        .isEqualTo(
            compare(
                "opened",
                Comparator.GE,
                new Literal.DateTime(Instant.parse("2026-11-21T09:00:00Z"))));
    assertThat(Filter.parse("name eq null"))
        .isEqualTo(compare("name", Comparator.EQ, new Literal.Null()));
    assertThat(Filter.parse("5 lt employees"))
        .isEqualTo(
            new Filter.Comparison(
                Comparator.LT, new Literal.Whole(5), PropertyPath.of("employees")));
    assertThat(Filter.parse("primarycontactid/fullname eq 'x'"))
        .isEqualTo(
            new Filter.Comparison(
                Comparator.EQ,
                new PropertyPath(List.of("primarycontactid", "fullname")),
                new Literal.Text("x")));
  }

  private static Filter compare(String name, Comparator comparator, Literal literal) {
    return new Filter.Comparison(comparator, PropertyPath.of(name), literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a eq 1 or b eq 2 and c eq 3 | a eq 1 or (b eq 2 and c eq 3)",
        "(a eq 1 or b eq 2) and c eq 3 | (a eq 1 or b eq 2) and c eq 3",
        "a eq 1 and b eq 2 and c eq 3 | a eq 1 and b eq 2 and c eq 3",
        "a eq 1 and (b eq 2 and c eq 3) | a eq 1 and (b eq 2 and c eq 3)",
        "not a eq 1 and b eq 2 | not a eq 1 and b eq 2",
        "not (a eq 1 and b eq 2) | not (a eq 1 and b eq 2)",
        "not not (a eq 1) | not not a eq 1",
        "((((a eq 1)))) | a eq 1",
        "(a) eq (1) | a eq 1",
        "contains(a,'x') and not startswith(b,'y') | contains(a,'x') and not startswith(b,'y')",
        "endswith( a , 'it''s' ) | endswith(a,'it''s')",
        "a in ('x','y') or b in(1,2,null) | a in ('x','y') or b in (1,2,null)",
        "in in (1) and and eq 2 and or eq 3 and eq eq 4 | in in (1) and and eq 2 and or eq 3"
            + " and eq eq 4",
        "contains eq 1 | contains eq 1",
        "a eq 1e2 | a eq 1E+2",
        "people/any( p : p/a eq 1 and p/b eq 2 ) | people/any(p:p/a eq 1 and p/b eq 2)",
        "boss/people/all(p:not p/a eq 1) or people/any() | boss/people/all(p:not p/a eq 1) or people/any()",
        "people/any(p:p/a/any(q:q/b eq 1)) | people/any(p:p/a/any(q:q/b eq 1))"
      })
  void operators_bind_as_in_odata(String text, String meaning) {
    assertThat(Filter.parse(text).text()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "name",
        "'x'",
        "true",
        "name eq",
        "eq 'x'",
        "name eq 'x",
        "name eq 'x''",
        "name eq x y",
        "name eq 'x' y",
        "name eq 'x' and",
        "name eq 'x' AND name eq 'y'",
        "name = 'x'",
        "name == 'x'",
        "name eq 'x' eq 'y'",
        "(name eq 'x') eq true",
        "contains(name,'x') eq true",
        "contains(name)",
        "contains(name,'x','y')",
        "contains(name,'x'",
        "contains(name eq 'x','y')",
        "tolower(name) eq 'x'",
        "name in ()",
        "name in 'x'",
        "name in ('x'",
        "name in (name)",
        "'x' in ('x')",
        "name in ['x']",
        "(name eq 'x'",
        "name eq 'x')",
        "not",
        "not name",
        "name add 1 eq 2",
        "a/b/c/d/e/f/g eq 1",
        "a/ eq 1",
        "a/1 eq 1",
        "name eq @p1",
        "$it eq 1",
        "name eq \"x\"",
        "name eq 1e999999",
        "name eq 1e-999999",
        "name eq 0x10",
        "name eq 5L",
        "name eq NaN'",
        "name eq 2026-13-45",
        "name eq {6f0d8c1e-0001-4000-8000-00000000abcd}",
        "name eq guid'6f0d8c1e-0001-4000-8000-00000000abcd'",
        "name eq datetime'2026-11-21T00:00:00'",
        "any(a:a/name eq 'x')",
        "people/any(a)",
        "people/any(a:)",
        "people/any(a:a/name)",
        "people/any(a:a/name eq 'x'",
        "people/any(:a/name eq 'x')",
        "people/some(a:a/name eq 'x')",
        "people/all()",
        "people/any(a:a/name eq 'x') eq true",
        "people:any() eq 1",
        "name eq '' OR 1=1 --",
        "name eq ''; DROP TABLE log.event; --",
        "name eq 'x' /* */",
        "1=1",
        "na\u00EFve eq 1"
      })
  void what_is_not_a_filter_is_refused(String text) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Filter.parse(text))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY);
          assertThat(refusal.message()).hasSizeLessThan(300);
        });
  }

  @Test
  void sql_inside_quotes_is_a_text_like_any_other() {
    assertThat(Filter.parse("name eq ''' OR 1=1 --'"))
        .isEqualTo(compare("name", Comparator.EQ, new Literal.Text("' OR 1=1 --")));
  }

  @Test
  void nesting_is_bounded() {
    assertThat(Filter.parse(nested(Filter.DEPTH_MAX)).text()).isEqualTo("a eq 1");
    refuses(nested(Filter.DEPTH_MAX + 1), "nests deeper than 50");
    refuses(nested(3_000), "nests deeper");
    refuses("(".repeat(8_000), "nests deeper");
    refuses("not ".repeat(4_000) + "a eq 1", "nests deeper");
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "a eq 1" + ")".repeat(depth);
  }

  @Test
  void terms_are_bounded_but_a_long_chain_is_no_nesting() {
    String longest = "a eq 1" + " or a eq 1".repeat(Filter.TERMS_MAX - 1);

    assertThat(((Filter.Or) Filter.parse(longest)).members()).hasSize(Filter.TERMS_MAX);
    refuses(longest + " or a eq 1", "more than 500 terms");
    refuses("a in (1" + ",1".repeat(Filter.TERMS_MAX) + ")", "more than 500 terms");
    refuses("a eq '" + "x".repeat(Filter.LENGTH_MAX) + "'", "longer than 16384");
  }

  private static void refuses(String filter, String reason) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Filter.parse(filter))
        .withMessageContaining(reason);
  }

  @Test
  void every_filter_survives_being_written_and_read_again() {
    var random = Seed.ofThisRun().random();
    for (int i = 0; i < 4_000; i++) {
      Filter filter = filter(random, 4);

      assertThat(Filter.parse(filter.text())).as(filter.text()).isEqualTo(filter);
    }
  }

  private static Filter filter(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 ->
          random.nextBoolean()
              ? new Filter.Comparison(
                  any(random, Comparator.values()), path(random), literal(random))
              : new Filter.Comparison(
                  any(random, Comparator.values()), literal(random), path(random));
      case 1 ->
          new Filter.TextMatch(any(random, TextFunction.values()), path(random), literal(random));
      case 2 -> new Filter.In(path(random), many(random, 1, () -> literal(random)));
      case 3 -> new Filter.And(many(random, 2, () -> filter(random, depth - 1)));
      case 4 -> new Filter.Or(many(random, 2, () -> filter(random, depth - 1)));
      default -> new Filter.Not(filter(random, depth - 1));
    };
  }

  private static PropertyPath path(Random random) {
    var names = List.of("name", "_x_value", "in", "not1", "eq", "Account_Tasks", "a1");
    return new PropertyPath(
        many(random, 1, () -> names.get(random.nextInt(names.size()))).stream().limit(3).toList());
  }

  private static Literal literal(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Literal.Text(text(random));
      case 1 -> new Literal.Guid(new UUID(random.nextLong(), random.nextLong()));
      case 2 -> new Literal.Whole(random.nextLong());
      case 3 -> fraction(random);
      case 4 -> new Literal.YesNo(random.nextBoolean());
      case 5 -> new Literal.Date(LocalDate.ofEpochDay(random.nextInt(-700_000, 2_900_000)));
      case 6 ->
          new Literal.DateTime(
              Instant.ofEpochSecond(
                  random.nextLong(-60_000_000_000L, 250_000_000_000L),
                  random.nextInt(1_000_000_000)));
      default -> new Literal.Null();
    };
  }

  private static Literal fraction(Random random) {
    int scale = random.nextInt(1, 30);
    return new Literal.Fraction(BigDecimal.valueOf(random.nextLong(), scale));
  }

  private static String text(Random random) {
    var characters = "ab'\"()=, \t%_[]&+\u00E9\u2028\uD83D\uDE00";
    return characters.substring(0, random.nextInt(characters.length() - 1))
        + "'".repeat(random.nextInt(3));
  }

  private static <T> T any(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static <T> List<T> many(Random random, int atLeast, Supplier<T> one) {
    var many = new ArrayList<T>();
    for (int i = random.nextInt(3) + atLeast; i > 0; i--) {
      many.add(one.get());
    }
    return many;
  }
}
