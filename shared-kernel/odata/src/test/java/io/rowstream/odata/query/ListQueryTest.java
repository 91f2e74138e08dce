package io.rowstream.odata.query;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Examples;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.TextFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {

  private static TypedFilter typed(String filter) {
    return TypedFilter.of(Filter.parse(filter), COLUMNS, Examples.CONTEXT);
  }

  private static TypedFilter compare(String column, Comparator comparator, Value value) {
    return new TypedFilter.Compare(path(column), comparator, value);
  }

  private static ColumnPath path(String column) {
    return ColumnPath.of(COLUMNS.require(column));
  }

  private static final ColumnPath.Hop TO_CONTACT =
      new ColumnPath.Hop(COLUMNS.require("_primarycontactid_value"), "contact");

  private static final EntityModel.Collection CONTACTS =
      new EntityModel.Collection(Examples.CONTACTS, Examples.PARENT);

  @Test
  void literals_get_the_types_of_their_columns() {
    assertThat(typed("name eq 'x'")).isEqualTo(compare("name", Comparator.EQ, Value.text("x")));
    assertThat(typed("employees gt 5"))
        .isEqualTo(compare("employees", Comparator.GT, Value.whole(5)));
    assertThat(typed("industry eq 2"))
        .isEqualTo(compare("industry", Comparator.EQ, Value.whole(2)));
    assertThat(typed("revenue lt 5"))
        .isEqualTo(compare("revenue", Comparator.LT, new Value.Decimal(BigDecimal.valueOf(5))));
    assertThat(typed("rate ge 0.50"))
        .isEqualTo(compare("rate", Comparator.GE, new Value.Decimal(new BigDecimal("0.5"))));
    assertThat(typed("donotemail ne true"))
        .isEqualTo(compare("donotemail", Comparator.NE, new Value.YesNo(true)));
    assertThat(typed("opened ge 2026-11-21"))
        .isEqualTo(
            compare(
                "opened",
                Comparator.GE,
                new Value.DateTime(Instant.parse("2026-11-21T00:00:00Z"))));
    assertThat(typed("batch gt " + ID))
        .isEqualTo(compare("batch", Comparator.GT, new Value.Guid(ID)));
  }

  @Test
  void a_lookup_is_compared_by_id_with_or_without_quotes() {
    var expected = compare("_customerid_value", Comparator.EQ, new Value.Guid(ID));

    assertThat(typed("_customerid_value eq " + ID)).isEqualTo(expected);
    assertThat(typed("_customerid_value eq '" + ID + "'")).isEqualTo(expected);
  }

  @Test
  void the_columns_of_the_service_can_be_filtered_by() {
    assertThat(typed("modifiedon gt 2026-11-21T10:00:00Z"))
        .isEqualTo(
            compare(
                "modifiedon",
                Comparator.GT,
                new Value.DateTime(Instant.parse("2026-11-21T10:00:00Z"))));
    assertThat(typed("versionnumber ge 3"))
        .isEqualTo(compare("versionnumber", Comparator.GE, Value.whole(3)));
    assertThat(typed("accountid eq " + ID))
        .isEqualTo(compare("accountid", Comparator.EQ, new Value.Guid(ID)));
    assertThat(typed("_createdby_value eq " + ID))
        .isEqualTo(compare("_createdby_value", Comparator.EQ, new Value.Guid(ID)));
  }

  @Test
  void a_value_on_the_left_turns_the_comparison_round() {
    assertThat(typed("5 lt employees")).isEqualTo(typed("employees gt 5"));
    assertThat(typed("5 gt employees")).isEqualTo(typed("employees lt 5"));
    assertThat(typed("5 ge employees")).isEqualTo(typed("employees le 5"));
    assertThat(typed("5 le employees")).isEqualTo(typed("employees ge 5"));
    assertThat(typed("5 eq employees")).isEqualTo(typed("employees eq 5"));
    assertThat(typed("null ne name")).isEqualTo(typed("name ne null"));
  }

  @Test
  void null_means_empty() {
    var empty = new TypedFilter.IsEmpty(path("name"));

    assertThat(typed("name eq null")).isEqualTo(empty);
    assertThat(typed("name ne null")).isEqualTo(new TypedFilter.Not(empty));
    assertThat(typed("name in (null)")).isEqualTo(empty);
    assertThat(typed("name in ('a',null,'b')"))
        .isEqualTo(
            new TypedFilter.Any(
                List.of(
                    new TypedFilter.OneOf(path("name"), List.of(Value.text("a"), Value.text("b"))),
                    empty)));
  }

  @Test
  void conditions_are_joined_as_written() {
    assertThat(typed("not (contains(name,'x') or employees eq 1) and rate eq 1"))
        .isEqualTo(
            new TypedFilter.All(
                List.of(
                    new TypedFilter.Not(
                        new TypedFilter.Any(
                            List.of(
                                new TypedFilter.TextMatch(path("name"), TextFunction.CONTAINS, "x"),
                                typed("employees eq 1")))),
                    typed("rate eq 1"))));
  }

  @Test
  void a_path_leads_through_lookups_to_a_column() {
    assertThat(typed("primarycontactid/fullname eq 'x'"))
        .isEqualTo(
            new TypedFilter.Compare(
                new ColumnPath(List.of(TO_CONTACT), Examples.CONTACTS.require("fullname")),
                Comparator.EQ,
                Value.text("x")));
    assertThat(typed("customerid_account/primarycontactid/fullname ne null"))
        .isEqualTo(
            new TypedFilter.Not(
                new TypedFilter.IsEmpty(
                    new ColumnPath(
                        List.of(
                            new ColumnPath.Hop(COLUMNS.require("_customerid_value"), "account"),
                            TO_CONTACT),
                        Examples.CONTACTS.require("fullname")))));
  }

  @Test
  void any_and_all_look_at_those_that_refer() {
    var named = "contact_customer_accounts/%s(c:c/fullname eq 'x')";
    var condition =
        new TypedFilter.Compare(
            ColumnPath.of(Examples.CONTACTS.require("fullname")), Comparator.EQ, Value.text("x"));

    assertThat(typed("contact_customer_accounts/any()"))
        .isEqualTo(new TypedFilter.Exists(List.of(), "account", CONTACTS, null));
    assertThat(typed(named.formatted("any")))
        .isEqualTo(new TypedFilter.Exists(List.of(), "account", CONTACTS, condition));
    assertThat(typed(named.formatted("all")))
        .isEqualTo(
            new TypedFilter.Not(
                new TypedFilter.Exists(
                    List.of(), "account", CONTACTS, new TypedFilter.Not(condition))));
    assertThat(typed("customerid_account/" + named.formatted("any")))
        .isEqualTo(
            new TypedFilter.Exists(
                List.of(new ColumnPath.Hop(COLUMNS.require("_customerid_value"), "account")),
                "account",
                CONTACTS,
                condition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nmae eq 'x'",
        "Name eq 'x'",
        "primarycontactid eq 6f0d8c1e-0001-4000-8000-00000000abcd",
        "primarycontactid/name eq 'x'",
        "customerid/fullname eq 'x'",
        "name/fullname eq 'x'",
        "primarycontactid/contact_customer_accounts/any()",
        "primarycontactid/any()",
        "contact_customer_accounts/fullname eq 'x'",
        "contact_customer_accounts/any(c:fullname eq 'x')",
        "contact_customer_accounts/any(c:d/fullname eq 'x')",
        "contact_customer_accounts/any(c:c/nothing eq 'x')",
        "contact_customer_accounts/any(c:c eq 'x')",
        "contact_customer_accounts/any(c:name eq 'x')",
        "name eq 5",
        "name eq true",
        "name eq 6f0d8c1e-0001-4000-8000-00000000abcd",
        "name eq description",
        "'x' eq 'x'",
        "name gt null",
        "employees eq '5'",
        "employees eq 5.5",
        "views eq 9223372036854775808",
        "industry eq 'Mining'",
        "revenue eq '5'",
        "donotemail eq 1",
        "donotemail gt false",
        "opened eq '2026-11-21'",
        "opened eq 5",
        "_customerid_value gt 6f0d8c1e-0001-4000-8000-00000000abcd",
        "_customerid_value eq 'x'",
        "batch eq 5",
        "contains(employees,'5')",
        "contains(name,5)",
        "contains(name,null)",
        "contains('name',name)",
        "name in ('a',5)"
      })
  void a_name_that_is_unknown_or_a_type_that_does_not_fit_is_refused(String filter) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> typed(filter))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY));
  }

  @Test
  void a_list_is_asked_for_with_columns_condition_and_order() {
    var query =
        ListQuery.of(
            COLUMNS,
            Examples.CONTEXT,
            QueryOptions.parse(
                "$select=name&$filter=employees gt 5&$orderby=revenue desc,name&$top=7&$count=true"));

    assertThat(query.select()).containsExactly(COLUMNS.primaryId(), COLUMNS.require("name"));
    assertThat(query.filter()).isEqualTo(typed("employees gt 5"));
    assertThat(query.order())
        .containsExactly(
            new Sorting(path("revenue"), List.of(), true),
            new Sorting(path("name"), List.of(), false));
    assertThat(query.top()).isEqualTo(7);
    assertThat(query.count()).isTrue();
    assertThat(query.after()).isNull();
  }

  @Test
  void a_lookup_is_sorted_by_the_name_of_what_it_refers_to() {
    var contact = new ColumnPath(List.of(TO_CONTACT), Examples.CONTACTS.require("fullname"));
    var lookup = COLUMNS.require("_customerid_value");
    var name =
        new ColumnPath(List.of(new ColumnPath.Hop(lookup, "account")), path("name").column());
    var fullname =
        new ColumnPath(
            List.of(new ColumnPath.Hop(lookup, "contact")), Examples.CONTACTS.require("fullname"));

    assertThat(order("primarycontactid desc,_customerid_value"))
        .containsExactly(
            new Sorting(contact, List.of(), true), new Sorting(name, List.of(fullname), false));
    assertThat(order("_primarycontactid_value,customerid_contact"))
        .containsExactly(
            new Sorting(contact, List.of(), false), new Sorting(fullname, List.of(), false));
  }

  private static List<Sorting> order(String orderBy) {
    return ListQuery.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse("$orderby=" + orderBy))
        .order();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$select=nmae",
        "$orderby=customerid",
        "$orderby=_createdby_value",
        "$orderby=primarycontactid,_primarycontactid_value",
        "$orderby=primarycontactid,primarycontactid/fullname",
        "$expand=contact_customer_accounts($orderby=_parentcustomerid_value)",
        "$orderby=nmae",
        "$orderby=description",
        "$orderby=name,name desc",
        "$orderby=primarycontactid/name",
        "rowstream.version=1",
        "$skiptoken=abc"
      })
  void a_list_that_cannot_be_made_is_refused(String query) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> ListQuery.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse(query)));
  }
}
