package io.rowstream.odata.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryOptionsTest {

  @Test
  void no_query_asks_for_nothing() {
    assertThat(QueryOptions.parse(null)).isEqualTo(QueryOptions.NONE);
    assertThat(QueryOptions.parse("")).isEqualTo(QueryOptions.NONE);
    assertThat(QueryOptions.parse("&")).isEqualTo(QueryOptions.NONE);
  }

  @Test
  void a_query_as_dynamics_web_api_sends_it_is_understood() {
    var options =
        QueryOptions.parse(
            "$select=name,_primarycontactid_value&$filter=contains(name%2C'a%26b')%20and%20employees"
                + "%20gt%205&$orderby=name%20desc,createdon&$top=3&$count=true");

    assertThat(options.select()).containsExactly("name", "_primarycontactid_value");
    assertThat(options.filter()).isEqualTo(Filter.parse("contains(name,'a&b') and employees gt 5"));
    assertThat(options.orderBy())
        .containsExactly(
            new SortKey(PropertyPath.of("name"), true),
            new SortKey(PropertyPath.of("createdon"), false));
    assertThat(options.top()).isEqualTo(3);
    assertThat(options.count()).isTrue();
    assertThat(options.skipToken()).isNull();
  }

  @Test
  void the_dollar_sign_may_be_encoded_and_plus_is_a_blank() {
    var options = QueryOptions.parse("%24filter=name+eq+'a%2Bb'&%24select=+name+,+rate+");

    assertThat(options.filter()).isEqualTo(Filter.parse("name eq 'a+b'"));
    assertThat(options.select()).containsExactly("name", "rate");
  }

  @Test
  void octets_a_client_did_not_encode_are_utf8() {
    assertThat(QueryOptions.parse("$filter=name eq '\u00C3\u00A9\"{}'").filter())
        .isEqualTo(Filter.parse("name eq 'é\"{}'"));
  }

  @Test
  void text_is_decoded_once() {
    assertThat(QueryOptions.parse("$filter=name%20eq%20'%2527'").filter())
        .isEqualTo(Filter.parse("name eq '%27'"));
  }

  @Test
  void what_dataverse_takes_without_effect_is_passed_over() {
    assertThat(QueryOptions.parse("tag=x&partitionid=y").select()).isEmpty();
    assertThat(QueryOptions.parse("$select=*").select()).isEmpty();
    assertThat(QueryOptions.parse("$select=name,name").select()).containsExactly("name");
    assertThat(QueryOptions.parse("$top=0").top()).isZero();
    assertThat(QueryOptions.parse("$count=false").count()).isFalse();
  }

  @Test
  void an_earlier_state_is_asked_for_by_version_or_time() {
    assertThat(QueryOptions.parse("rowstream.version=3").asOf()).isEqualTo(new AsOf.Version(3));
    assertThat(QueryOptions.parse("rowstream.at=2026-11-21T10:00:00.5Z").asOf())
        .isEqualTo(new AsOf.Time(Instant.parse("2026-11-21T10:00:00.5Z")));
  }

  @Test
  void the_next_page_is_the_same_query_with_another_token() {
    var first = QueryOptions.parse("$filter=name%20eq%20'x'&$top=9");
    assertThat(first.next("abc")).isEqualTo("$filter=name%20eq%20'x'&$top=9&$skiptoken=abc");

    var second = QueryOptions.parse(first.next("abc"));
    assertThat(second.skipToken()).isEqualTo("abc");
    assertThat(second.next("def")).isEqualTo(first.next("def"));
    assertThat(QueryOptions.NONE.next("abc")).isEqualTo("$skiptoken=abc");
  }

  @Test
  void a_delta_link_asks_the_same_query_since_then() {
    var options = QueryOptions.parse("$skiptoken=a&$select=name&%24deltatoken=b%21c");

    assertThat(options.deltaToken()).isEqualTo("b!c");
    assertThat(options.skipToken()).isEqualTo("a");
    assertThat(options.delta("d")).isEqualTo("$select=name&$deltatoken=d");
    assertThat(QueryOptions.NONE.delta("d")).isEqualTo("$deltatoken=d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$skip=5",
        "$search=x",
        "$format=json",
        "$deltatoken=",
        "$unknown=1",
        "$SELECT=name",
        "select=name",
        "top=5",
        "fetchXml=<fetch/>",
        "savedQuery=1",
        "@p1=1",
        "_=1234",
        "$top",
        "$top=",
        "$top=-1",
        "$top=1.5",
        "$top=99999999999",
        "$top=99999999999999999999999999",
        "$top=\u0661",
        "$count=1",
        "$count=TRUE",
        "$select=",
        "$select=name,",
        "$select=name;rate",
        "$select=primarycontactid/name",
        "$select='name'",
        "$select=name rate",
        "$orderby=",
        "$orderby=name sideways",
        "$orderby=name desc asc",
        "$orderby=name,",
        "$orderby=tolower(name)",
        "$orderby=name desc; DROP TABLE x",
        "$filter=",
        "$skiptoken=",
        "$top=1&$top=2",
        "$top=1&%24top=1",
        "rowstream.version=-1",
        "rowstream.version=x",
        "rowstream.version=9223372036854775808",
        "rowstream.at=yesterday",
        "rowstream.at=2026-11-21T10:00:00+01:00",
        "rowstream.version=1&rowstream.at=2026-11-21",
        "$filter=name%20eq%20'%00'",
        "$filter=name%20eq%20'%c0%80'",
        "$filter=name%20eq%20'%ed%a0%80'",
        "$filter=name%20eq%20'%e2%28%a1'",
        "$filter=name%20eq%20'%'",
        "$filter=name%20eq%20'%1b'",
        "$filter=name eq '\u4E2D'"
      })
  void what_is_not_supported_or_malformed_is_refused_never_left_out(String query) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse(query))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY);
          assertThat(refusal.message()).hasSizeLessThan(300);
        });
  }

  @Test
  void everything_is_bounded() {
    refuses("$select=" + "a".repeat(QueryOptions.LENGTH_MAX), "longer than 32768");
    refuses("$select=" + names(QueryOptions.SELECT_MAX + 1), "more than 1000 names");
    refuses("$orderby=" + names(SortKey.KEYS_MAX + 1), "more than 10 properties");
    refuses(
        "$filter=" + encoded("a eq '" + "x".repeat(Filter.LENGTH_MAX) + "'"), "longer than 16384");
    refuses("$filter=" + "(".repeat(3_000) + "a eq 1" + ")".repeat(3_000), "nests deeper");
    assertThat(QueryOptions.parse("$orderby=" + names(SortKey.KEYS_MAX)).orderBy())
        .hasSize(SortKey.KEYS_MAX);
    assertThat(QueryOptions.parse("$select=" + names(QueryOptions.SELECT_MAX)).select())
        .hasSize(QueryOptions.SELECT_MAX);
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a" + i).collect(Collectors.joining(","));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void refuses(String query, String reason) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse(query))
        .withMessageContaining(reason);
  }
}
