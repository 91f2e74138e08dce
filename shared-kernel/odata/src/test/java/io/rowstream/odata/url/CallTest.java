package io.rowstream.odata.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  private static final String IN = "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=";

  private static List<Literal> texts(String... texts) {
    return List.of(texts).stream().<Literal>map(Literal.Text::new).toList();
  }

  @Test
  void a_function_takes_its_arguments_by_name_in_any_order() {
    var expected = new Filter.Call("In", PropertyPath.of("name"), null, texts("a", "b"));

    assertThat(Filter.parse(IN + "['a','b'])")).isEqualTo(expected);
    assertThat(Filter.parse(IN + " [ \"a\" , 'b' ] )")).isEqualTo(expected);
    assertThat(
            Filter.parse(
                "Microsoft.Dynamics.CRM.In( PropertyValues=['a','b'] , PropertyName = 'name' )"))
        .isEqualTo(expected);
    assertThat(
            Filter.parse(
                "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)"))
        .isEqualTo(
            new Filter.Call("LastXDays", PropertyPath.of("createdon"), new Literal.Whole(7), null));
  }

  @Test
  void the_way_to_the_property_stands_before_the_function_or_before_the_property() {
    var expected =
        new Filter.Call("Today", new PropertyPath(List.of("c", "owner", "madeon")), null, null);

    for (String text :
        List.of(
            "Microsoft.Dynamics.CRM.Today(PropertyName='c/owner/madeon')",
            "c/Microsoft.Dynamics.CRM.Today(PropertyName='owner/madeon')",
            "c/owner/Microsoft.Dynamics.CRM.Today(PropertyName='madeon')")) {
      assertThat(Filter.parse(text)).isEqualTo(expected);
    }
  }

  @Test
  void quotes_within_values_are_doubled_or_escaped_as_in_json() {
    assertThat(Filter.parse(IN + "['O''Neil',\"O'Brian\",\"\\\"\\u00e9],\\\\\"])"))
        .isEqualTo(
            new Filter.Call(
                "In", PropertyPath.of("name"), null, texts("O'Neil", "O'Brian", "\"é],\\")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not Microsoft.Dynamics.CRM.In(PropertyValues=[\"a;'b\",null,1],PropertyName='x/y')"
            + "| not Microsoft.Dynamics.CRM.In(PropertyName='x/y',PropertyValues=['a;''b',null,1])",
        "Microsoft.Dynamics.CRM.On(PropertyName='x',PropertyValue='2026-01-01') and a eq 1"
            + "| Microsoft.Dynamics.CRM.On(PropertyName='x',PropertyValue='2026-01-01') and a eq 1",
        "c/any(o:o/Microsoft.Dynamics.CRM.Today(PropertyName='x'))"
            + "| c/any(o:Microsoft.Dynamics.CRM.Today(PropertyName='o/x'))"
      })
  void a_function_has_one_text_that_parses_to_it(String text, String expected) {
    Filter filter = Filter.parse(text);

    assertThat(filter.text()).isEqualTo(expected);
    assertThat(Filter.parse(filter.text())).isEqualTo(filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Microsoft.Dynamics.CRM.In()",
        "Microsoft.Dynamics.CRM.In(PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyName='name',PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['a',])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['a')",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['a'",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[\"a])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[\"\\x\"])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[['a']])",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues='a')",
        "Microsoft.Dynamics.CRM.In(PropertyName='name',Values=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName=name,PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName=5,PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName='',PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName='a b',PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(PropertyName='a/b/c/d/e/f/g',PropertyValues=['a'])",
        "a/Microsoft.Dynamics.CRM.In(PropertyName='b/c/d/e/f/g',PropertyValues=['a'])",
        "Microsoft.Dynamics.CRM.In(name,['a'])",
        "Microsoft.Dynamics.CRM.In eq 1 and",
        "Microsoft.Dynamics.CRM.Today(PropertyName='x') eq true",
        "name eq \"x\"",
        "name eq ['x']",
        "name in ['x']"
      })
  void what_is_malformed_is_refused(String text) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Filter.parse(text))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY));
  }

  @Test
  void a_function_takes_a_bounded_number_of_values() {
    String most =
        IntStream.range(0, Filter.VALUES_MAX)
            .mapToObj(i -> "'" + i + "'")
            .collect(Collectors.joining(","));

    assertThat(Filter.parse(IN + "[" + most + "])")).isInstanceOf(Filter.Call.class);
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Filter.parse(IN + "[" + most + ",'x'])"))
        .withMessageContaining("1000");
  }

  @Test
  void lists_stand_within_expand_too() {
    var expand =
        Expand.parse("people($filter=" + IN + "[\"a;b\",\"(\\\"\"]);$top=1)", new Aliases())
            .getFirst();

    assertThat(expand.filter())
        .isEqualTo(new Filter.Call("In", PropertyPath.of("name"), null, texts("a;b", "(\"")));
    assertThat(expand.top()).isEqualTo(1);
  }
}
