package io.rowstream.odata.query;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Examples;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.url.QueryOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SkipTokenTest {
  private static final int FINGERPRINT = 4711;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final List<Sorting> ORDER =
      Stream.of(
              "name",
              "employees",
              "revenue",
              "donotemail",
              "opened",
              "_customerid_value",
              "rate",
              "createdon")
          .map(name -> new Sorting(ColumnPath.of(COLUMNS.require(name)), List.of(), false))
          .toList();

  private static final SkipToken TOKEN =
      new SkipToken(
          List.of(
              Value.text("O'Neil \uD83D\uDE00"),
              Value.whole(-42),
              new Value.Decimal(new BigDecimal("5000000.25")),
              new Value.YesNo(true),
              new Value.DateTime(Instant.parse("0001-01-01T00:00:00.000001Z")),
              new Value.Guid(OTHER),
              Value.empty(),
              new Value.DateTime(Instant.parse("2026-11-21T10:00:00.123456Z"))),
          ID);

  @Test
  void a_token_is_read_back_as_it_was() {
    String text = TOKEN.seal(FINGERPRINT);

    assertThat(text).matches("[A-Za-z0-9_-]+");
    assertThat(SkipToken.open(text, ORDER, FINGERPRINT)).isEqualTo(TOKEN);
  }

  @Test
  void without_an_order_the_id_alone_says_where_a_page_ended() {
    var token = new SkipToken(List.of(), ID);

    assertThat(SkipToken.open(token.seal(FINGERPRINT), List.of(), FINGERPRINT)).isEqualTo(token);
  }

  @Test
  void any_change_to_the_text_is_noticed() {
    for (int length = 1; length <= 3; length++) {
      var token = new SkipToken(List.of(Value.text("x".repeat(length))), ID);
      var order = ORDER.subList(0, 1);
      String text = token.seal(FINGERPRINT);
      for (int i = 0; i < text.length(); i++) {
        for (char other : ALPHABET.replace(text.substring(i, i + 1), "").toCharArray()) {
          refuses(text.substring(0, i) + other + text.substring(i + 1), order, FINGERPRINT);
        }
        refuses(text.substring(0, i), order, FINGERPRINT);
      }
      refuses(text + "A", order, FINGERPRINT);
      refuses(text + "=", order, FINGERPRINT);
    }
    refuses("é%&'", ORDER, FINGERPRINT);
    refuses("A".repeat(SkipToken.LENGTH_MAX + 1), ORDER, FINGERPRINT);
  }

  @Test
  void a_token_of_another_query_is_refused() {
    String text = TOKEN.seal(FINGERPRINT);

    refuses(text, ORDER, FINGERPRINT + 1);
    refuses(text, ORDER.subList(1, ORDER.size()), FINGERPRINT);
    refuses(text, ORDER.reversed(), FINGERPRINT);
  }

  private static void refuses(String text, List<Sorting> order, int fingerprint) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> SkipToken.open(text, order, fingerprint))
        .withMessage("The $skiptoken is damaged or belongs to another query.");
  }

  @Test
  void values_too_long_to_page_by_are_refused_when_the_token_is_made() {
    var token = new SkipToken(List.of(Value.text("x".repeat(SkipToken.LENGTH_MAX))), ID);

    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> token.seal(FINGERPRINT))
        .withMessageContaining("too long to page by");
  }

  @Test
  void the_next_link_of_a_list_continues_that_list_only() {
    var options = QueryOptions.parse("$filter=employees gt 5&$orderby=name");
    var first = ListQuery.of(COLUMNS, Examples.CONTEXT, options);
    var end = new SkipToken(List.of(Value.text("x")), ID);

    var second =
        ListQuery.of(
            COLUMNS,
            Examples.CONTEXT,
            QueryOptions.parse(options.next(end.seal(first.fingerprint()))));
    assertThat(second.after()).isEqualTo(end);
    assertThat(second.filter()).isEqualTo(first.filter());

    for (String other :
        List.of(
            "$filter=employees gt 6&$orderby=name",
            "$orderby=name",
            "$filter=employees gt 5&$orderby=name desc")) {
      var mixedUp = QueryOptions.parse(other).next(end.seal(first.fingerprint()));
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> ListQuery.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse(mixedUp)));
    }
  }
}
