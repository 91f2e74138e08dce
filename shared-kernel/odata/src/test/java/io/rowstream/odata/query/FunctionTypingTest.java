package io.rowstream.odata.query;

import static io.rowstream.odata.Examples.ADA;
import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Examples;
import io.rowstream.odata.url.Filter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTypingTest {
  /// A Wednesday.
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.8Z");

  private static TypedFilter typed(String filter) {
    return TypedFilter.of(
        Filter.parse(filter), COLUMNS, new QueryContext(Examples.MODEL, ADA, NOW));
  }

  private static TypedFilter call(String call) {
    return typed("Microsoft.Dynamics.CRM." + call);
  }

  @Test
  void values_given_as_text_get_the_type_of_their_column() {
    assertThat(call("In(PropertyName='name',PropertyValues=['1','x'])"))
        .isEqualTo(typed("name in ('1','x')"));
    assertThat(call("In(PropertyName='employees',PropertyValues=['1',\"2\",3])"))
        .isEqualTo(typed("employees in (1,2,3)"));
    assertThat(call("In(PropertyName='revenue',PropertyValues=['1.50',' 2 '])"))
        .isEqualTo(typed("revenue in (1.5,2)"));
    assertThat(call("In(PropertyName='donotemail',PropertyValues=['1','false'])"))
        .isEqualTo(typed("donotemail in (true,false)"));
    assertThat(call("In(PropertyName='industry',PropertyValues=['1'])"))
        .isEqualTo(typed("industry in (1)"));
    assertThat(call("In(PropertyName='accountid',PropertyValues=['{" + ID + "}'])"))
        .isEqualTo(typed("accountid in (" + ID + ")"));
    assertThat(call("NotIn(PropertyName='opened',PropertyValues=['2026-01-01',null])"))
        .isEqualTo(typed("not (opened in (2026-01-01,null))"));
    assertThat(call("Between(PropertyName='employees',PropertyValues=['1','5'])"))
        .isEqualTo(typed("employees ge 1 and employees le 5"));
    assertThat(call("NotBetween(PropertyName='name',PropertyValues=['a','b'])"))
        .isEqualTo(typed("not (name ge 'a' and name le 'b')"));
  }

  @Test
  void a_lookup_is_named_by_its_column_or_its_attribute() {
    var expected = typed("_primarycontactid_value in (" + ID + ")");

    assertThat(call("In(PropertyName='primarycontactid',PropertyValues=['" + ID + "'])"))
        .isEqualTo(expected);
    assertThat(call("In(PropertyName='_primarycontactid_value',PropertyValues=['" + ID + "'])"))
        .isEqualTo(expected);
    assertThat(call("EqualUserId(PropertyName='createdby')"))
        .isEqualTo(typed("_createdby_value eq " + ADA));
    assertThat(call("NotEqualUserId(PropertyName='createdby')"))
        .isEqualTo(typed("not (_createdby_value eq " + ADA + ")"));
  }

  @Test
  void functions_go_through_lookups_and_into_collections() {
    assertThat(call("In(PropertyName='primarycontactid/fullname',PropertyValues=['x'])"))
        .isEqualTo(typed("primarycontactid/fullname in ('x')"));
    String condition = "contact_customer_accounts/any(c:";
    var expected = typed(condition + "c/fullname in ('x'))");
    assertThat(
            typed(
                condition
                    + "Microsoft.Dynamics.CRM.In(PropertyName='c/fullname',PropertyValues=['x']))"))
        .isEqualTo(expected);
    assertThat(
            typed(
                condition
                    + "c/Microsoft.Dynamics.CRM.In(PropertyName='fullname',PropertyValues=['x']))"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Today, 2026-03-04T00:00:00Z, 2026-03-05T00:00:00Z",
    "Yesterday, 2026-03-03T00:00:00Z, 2026-03-04T00:00:00Z",
    "Tomorrow, 2026-03-05T00:00:00Z, 2026-03-06T00:00:00Z",
    "Last7Days, 2026-02-25T00:00:00Z, 2026-03-04T05:06:07.8Z",
    "Next7Days, 2026-03-04T05:06:07.8Z, 2026-03-12T00:00:00Z",
    "LastWeek, 2026-02-22T00:00:00Z, 2026-03-01T00:00:00Z",
    "ThisWeek, 2026-03-01T00:00:00Z, 2026-03-08T00:00:00Z",
    "NextWeek, 2026-03-08T00:00:00Z, 2026-03-15T00:00:00Z",
    "LastMonth, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "ThisMonth, 2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
    "NextMonth, 2026-04-01T00:00:00Z, 2026-05-01T00:00:00Z",
    "LastYear, 2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "ThisYear, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "NextYear, 2027-01-01T00:00:00Z, 2028-01-01T00:00:00Z"
  })
  void a_period_is_a_range(String function, String from, String to) {
    assertThat(call(function + "(PropertyName='opened')"))
        .isEqualTo(typed("opened ge " + from + " and opened lt " + to));
  }

  @ParameterizedTest
  @CsvSource({
    "LastXHours, 2, 2026-03-04T03:06:07.8Z, 2026-03-04T05:06:07.8Z",
    "NextXHours, 2, 2026-03-04T05:06:07.8Z, 2026-03-04T07:06:07.8Z",
    "LastXDays, 2, 2026-03-02T00:00:00Z, 2026-03-04T05:06:07.8Z",
    "NextXDays, 2, 2026-03-04T05:06:07.8Z, 2026-03-07T00:00:00Z",
    "LastXWeeks, 1, 2026-02-25T00:00:00Z, 2026-03-04T05:06:07.8Z",
    "NextXMonths, 1, 2026-03-04T05:06:07.8Z, 2026-04-05T00:00:00Z",
    "LastXYears, 1000000, 0001-01-01T00:00:00Z, 2026-03-04T05:06:07.8Z"
  })
  void a_number_of_units_is_counted_from_now(String function, int x, String from, String to) {
    String range = "opened ge " + from + " and opened lt " + to;

    assertThat(call(function + "(PropertyName='opened',PropertyValue=" + x + ")"))
        .isEqualTo(typed(range));
    assertThat(call(function + "(PropertyName='opened',PropertyValue='" + x + "')"))
        .isEqualTo(typed(range));
  }

  @Test
  void a_time_can_be_older_and_on_a_day() {
    assertThat(call("OlderThanXMonths(PropertyName='opened',PropertyValue=1)"))
        .isEqualTo(typed("opened lt 2026-02-04T05:06:07.8Z"));
    assertThat(call("On(PropertyName='opened',PropertyValue='2026-03-04')"))
        .isEqualTo(call("Today(PropertyName='opened')"));
    assertThat(call("On(PropertyName='opened',PropertyValue=2026-03-04T23:59:59Z)"))
        .isEqualTo(call("Today(PropertyName='opened')"));
    assertThat(call("OnOrAfter(PropertyName='opened',PropertyValue=2026-03-04)"))
        .isEqualTo(typed("opened ge 2026-03-04"));
    assertThat(call("OnOrBefore(PropertyName='opened',PropertyValue='2026-03-04')"))
        .isEqualTo(typed("opened lt 2026-03-05"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Under(PropertyName='accountid',PropertyValue='x')",
        "LastXFiscalYears(PropertyName='opened',PropertyValue=1)",
        "LastXMinutes(PropertyName='opened',PropertyValue=1)",
        "ContainValues(PropertyName='industry',PropertyValues=['1'])",
        "DoesNotContainValues(PropertyName='industry',PropertyValues=['1'])",
        "Today(PropertyName='name')",
        "Today(PropertyName='nothing')",
        "Today(PropertyName='opened',PropertyValue=1)",
        "In(PropertyName='name',PropertyValue='a')",
        "In(PropertyName='name')",
        "In(PropertyName='name',PropertyValues=[1])",
        "In(PropertyName='employees',PropertyValues=['x'])",
        "In(PropertyName='employees',PropertyValues=['null'])",
        "In(PropertyName='employees',PropertyValues=['1.5'])",
        "In(PropertyName='accountid',PropertyValues=['{x}'])",
        "Between(PropertyName='employees',PropertyValues=['1'])",
        "Between(PropertyName='employees',PropertyValues=['1','2','3'])",
        "Between(PropertyName='employees',PropertyValues=['1',null])",
        "Between(PropertyName='donotemail',PropertyValues=['0','1'])",
        "LastXDays(PropertyName='opened')",
        "LastXDays(PropertyName='opened',PropertyValue=0)",
        "LastXDays(PropertyName='opened',PropertyValue=-1)",
        "LastXDays(PropertyName='opened',PropertyValue=1000001)",
        "LastXDays(PropertyName='opened',PropertyValue=1.5)",
        "LastXDays(PropertyName='opened',PropertyValue='x')",
        "LastXDays(PropertyName='employees',PropertyValue=1)",
        "On(PropertyName='opened',PropertyValue='x')",
        "On(PropertyName='name',PropertyValue='2026-03-04')",
        "On(PropertyName='opened',PropertyValue=null)",
        "EqualUserId(PropertyName='name')",
        "EqualUserId(PropertyName='createdby',PropertyValue='x')"
      })
  void what_makes_no_sense_is_refused(String call) {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> call(call));
  }
}
