package io.rowstream.odata.query;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Examples;
import io.rowstream.odata.url.QueryOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationTest {

  private static Aggregation aggregation(String query) {
    return Aggregation.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse(query));
  }

  @Test
  void results_are_called_as_dataverse_calls_them() {
    var found =
        aggregation(
            "$apply=groupby((industry,primarycontactid/fullname,_customerid_value),"
                + "aggregate(revenue with average as mean,createdon with max as last))");

    assertThat(found.keys().stream().map(Aggregation.Key::name))
        .containsExactly("industry", "contact_fullname", "_customerid_value");
    assertThat(found.aggregates().stream().map(Aggregation.Aggregate::name))
        .containsExactly("mean", "last");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groupby((nothing))",
        "groupby((primarycontactid/nothing))",
        "groupby((createdon))",
        "groupby((opened))",
        "groupby((primarycontactid/createdon))",
        "groupby((description))",
        "groupby((name,name))",
        "groupby((name),aggregate($count as name))",
        "groupby((primarycontactid/fullname,customerid_contact/fullname))",
        "aggregate($count as n,revenue with sum as n)",
        "aggregate(nothing with sum as n)",
        "aggregate(name with sum as n)",
        "aggregate(name with max as n)",
        "aggregate(opened with average as n)",
        "aggregate(industry with sum as n)",
        "aggregate(donotemail with min as n)",
        "aggregate(_customerid_value with max as n)",
        "aggregate(description with countdistinct as n)",
        "aggregate($count as n)&$filter=nothing eq 1",
        "aggregate($count as n)&$select=name",
        "aggregate($count as n)&$orderby=n",
        "groupby((name))&$orderby=name",
        "groupby((name))&$top=1",
        "groupby((name))&$count=true",
        "groupby((name))&$expand=primarycontactid",
        "groupby((name))&rowstream.version=1",
        "groupby((name))&$skiptoken=abc"
      })
  void what_makes_no_sense_is_refused(String apply) {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> aggregation("$apply=" + apply));
  }

  @Test
  void a_page_goes_on_in_its_own_query_only() {
    String groups = "$apply=groupby((name,_customerid_value))";
    List<Value> last = List.of(Value.text("x"), new Value.Guid(ID));
    String token = aggregation(groups).skipToken(last);

    assertThat(aggregation(groups + "&$skiptoken=" + token).after())
        .isNotNull()
        .extracting(SkipToken::values)
        .isEqualTo(last);
    for (String other :
        List.of(
            "$apply=groupby((_customerid_value,name))",
            "$apply=groupby((name,_customerid_value),aggregate($count as n))",
            groups + "&$filter=name eq 'x'")) {
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> aggregation(other + "&$skiptoken=" + token));
    }
  }

  @Test
  void a_list_does_not_take_groups_for_records() {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() ->
            ListQuery.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse("$apply=groupby((name))")));
  }
}
