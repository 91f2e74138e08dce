package io.rowstream.odata.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name eq @p1&@p1='O''Neil' | name eq 'O''Neil'",
        "%40p1 eq @p2&%40p1=boss/name&@p2=null | boss/name eq null",
        "@a lt age&@a=5 | 5 lt age",
        "a eq @p and b eq @p&@p=1 | a eq 1 and b eq 1",
        "a in (@p1,2,@p2)&@p1=1&@p2=3 | a in (1,2,3)",
        "contains(@p1,@p2)&@p1=name&@p2='x' | contains(name,'x')",
        "c/any(o:o/a eq @p1)&@p1=1 | c/any(o:o/a eq 1)",
        "Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)"
            + "&@p1='lastname'&@p2=[%22O'Brian%22,'x']"
            + "| Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=['O''Brian','x'])",
        "Microsoft.Dynamics.CRM.LastXDays(PropertyName='a',PropertyValue=@n)&@n=3"
            + "| Microsoft.Dynamics.CRM.LastXDays(PropertyName='a',PropertyValue=3)"
      })
  void an_alias_stands_for_a_value_or_a_property(String query, String filter) {
    var options = QueryOptions.parse("$filter=" + query);
    assertThat(options.filter()).isEqualTo(Filter.parse(filter));

    int first = query.indexOf('&');
    assertThat(
            QueryOptions.parse(query.substring(first + 1) + "&$filter=" + query.substring(0, first))
                .filter())
        .isEqualTo(options.filter());
    assertThat(options.next("t")).isEqualTo("$filter=" + query + "&$skiptoken=t");
  }

  @Test
  void an_alias_stands_for_what_a_list_is_sorted_by_and_in_expand() {
    assertThat(QueryOptions.parse("$orderby=@p1 desc,@p2&@p1=boss/name&@p2=age").orderBy())
        .containsExactly(
            new SortKey(new PropertyPath(List.of("boss", "name")), true),
            new SortKey(PropertyPath.of("age"), false));
    var expand =
        QueryOptions.parse("@v=5&$expand=people($filter=age gt @v;$orderby=@o)&@o=name")
            .expand()
            .getFirst();
    assertThat(expand.query()).isEqualTo("$filter=age+gt+5&$orderby=name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$filter=name eq @p1",
        "$filter=name eq @p1&@p2='x'",
        "$filter=name eq 'x'&@p1='x'",
        "@p1='x'",
        "$filter=name eq @p1&@p1='x'&@p1='y'",
        "$filter=name eq @p1&@p1=",
        "$filter=name eq @p1&@p1",
        "$filter=name eq @p1&@p1='x' or true",
        "$filter=@p1&@p1=name eq 'x'",
        "$filter=name eq @p1&@p1=@p2&@p2='x'",
        "$filter=name eq @p1&@p1=['x']",
        "$filter=name in @p1&@p1=['x']",
        "$filter=name eq @&@='x'",
        "$filter=name eq @1&@1='x'",
        "$filter=a/@p1 eq 1&@p1=b",
        "$orderby=@p1&@p1='x'",
        "$orderby=@p1&@p1=name desc",
        "$select=@p1&@p1=name",
        "$top=@p1&@p1=1",
        "$filter=Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=@p1)&@p1='x'",
        "@p-1=x"
      })
  void an_alias_that_means_nothing_is_refused(String query) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse(query))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY));
  }

  @Test
  void what_is_missing_or_left_over_is_named() {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse("$filter=name eq @p1"))
        .withMessage("The parameter alias '@p1' has no value.");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse("$filter=name eq 'x'&@p1='y'"))
        .withMessage("The parameter alias '@p1' is not used.");
  }
}
