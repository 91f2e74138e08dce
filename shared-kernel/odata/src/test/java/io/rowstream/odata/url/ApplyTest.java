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

class ApplyTest {

  private static Apply.Aggregate count(String alias) {
    return new Apply.Aggregate(null, Apply.Method.COUNT, alias);
  }

  @Test
  void groups_are_made_of_properties_and_tell_aggregates() {
    var options =
        QueryOptions.parse(
            "$apply=groupby((statuscode,boss/name),aggregate(revenue with sum as total,"
                + "boss/age with countdistinct as ages,$count as n))");

    assertThat(options.filter()).isNull();
    assertThat(options.apply())
        .isEqualTo(
            new Apply(
                List.of(PropertyPath.of("statuscode"), new PropertyPath(List.of("boss", "name"))),
                List.of(
                    new Apply.Aggregate(PropertyPath.of("revenue"), Apply.Method.SUM, "total"),
                    new Apply.Aggregate(
                        new PropertyPath(List.of("boss", "age")),
                        Apply.Method.COUNT_DISTINCT,
                        "ages"),
                    count("n"))));
    assertThat(QueryOptions.parse("$apply=groupby((a))").apply())
        .isEqualTo(new Apply(List.of(PropertyPath.of("a")), List.of()));
    assertThat(QueryOptions.parse("$apply= aggregate ( $count as n ) ").apply())
        .isEqualTo(new Apply(List.of(), List.of(count("n"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "filter(a eq 1)/aggregate($count as n) | a eq 1",
        "filter(a eq 1 or b eq 2) / filter(c/d eq '/)') / aggregate($count as n)"
            + "| (a eq 1 or b eq 2) and c/d eq '/)'",
        "filter(x/any(o:o/a eq @v))/groupby((b))&@v=1 | x/any(o:o/a eq 1)",
        "aggregate($count as n)&$filter=a eq 1 | a eq 1",
        "filter(b eq 2)/aggregate($count as n)&$filter=a eq 1 | a eq 1 and b eq 2",
        "filter(Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[%22\\%22)/(%22]))/groupby((b))"
            + "| Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=['\\\")/('])"
      })
  void records_are_filtered_before(String apply, String filter) {
    var options = QueryOptions.parse("$apply=" + apply);

    assertThat(options.filter()).isEqualTo(Filter.parse(filter.replace("\\\"", "\"")));
    assertThat(options.apply()).isNotNull();
  }

  @Test
  void records_that_are_only_filtered_are_a_list() {
    var options = QueryOptions.parse("$apply=filter(a eq 1)");

    assertThat(options.apply()).isNull();
    assertThat(options.filter()).isEqualTo(Filter.parse("a eq 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "groupby",
        "groupby()",
        "groupby(())",
        "groupby((a)",
        "groupby((a),)",
        "groupby((a),aggregate())",
        "groupby((a),$count as n)",
        "groupby(a)",
        "groupby((a eq 1))",
        "groupby((rollup(a,b)))",
        "aggregate()",
        "aggregate(a)",
        "aggregate(a with sum)",
        "aggregate(a with sum as)",
        "aggregate(a with sum as 'x')",
        "aggregate(a with sum as x.y)",
        "aggregate(a with median as x)",
        "aggregate(a with $count as x)",
        "aggregate($count)",
        "aggregate($count with sum as n)",
        "aggregate($counts as n)",
        "aggregate(a mul b with sum as n)",
        "filter()",
        "filter(a eq 1)/",
        "groupby((a))/filter(a eq 1)",
        "groupby((a))/groupby((a))",
        "groupby((a))/aggregate($count as n)",
        "orderby(a)",
        "topcount(1,a)",
        "compute(a as b)",
        "identity",
        "groupby((a/b/c/d/e/f/g))"
      })
  void what_is_malformed_or_beyond_dataverse_is_refused(String apply) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse("$apply=" + apply))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY));
  }

  private static String repeated(int times, String each, String between) {
    return IntStream.range(0, times)
        .mapToObj(i -> each.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(between));
  }

  private static void refuse(String apply, int bound) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> QueryOptions.parse("$apply=" + apply))
        .withMessageContaining(Integer.toString(bound));
  }

  @Test
  void properties_aggregates_and_steps_are_bounded() {
    int by = Apply.BY_MAX;
    QueryOptions.parse("$apply=groupby((" + repeated(by, "a#", ",") + "))");
    refuse("groupby((" + repeated(by + 1, "a#", ",") + "))", by);

    int aggregates = Apply.AGGREGATES_MAX;
    QueryOptions.parse("$apply=aggregate(" + repeated(aggregates, "$count as a#", ",") + ")");
    refuse("aggregate(" + repeated(aggregates + 1, "$count as a#", ",") + ")", aggregates);

    int steps = Apply.STEPS_MAX;
    QueryOptions.parse("$apply=" + repeated(steps, "filter(a eq #)", "/"));
    refuse(repeated(steps + 1, "filter(a eq #)", "/"), steps);
  }

  @Test
  void the_count_of_records_is_no_property_elsewhere() {
    for (String query : List.of("$filter=$count eq 1", "$orderby=$count", "$select=$count")) {
      assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> QueryOptions.parse(query));
    }
  }
}
