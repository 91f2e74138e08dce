package io.rowstream.odata.column;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Examples;
import io.rowstream.odata.column.Columns.Binding;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

  @Test
  void the_id_comes_first_then_attributes_then_what_the_service_notes() {
    assertThat(COLUMNS.all())
        .extracting(Column::wireName)
        .containsExactly(
            "accountid",
            "name",
            "description",
            "employees",
            "views",
            "rate",
            "revenue",
            "donotemail",
            "opened",
            "industry",
            "_primarycontactid_value",
            "_customerid_value",
            "batch",
            "createdon",
            "_createdby_value",
            "modifiedon",
            "_modifiedby_value",
            "versionnumber");
  }

  @Test
  void a_lookup_has_one_name_for_reading_and_one_for_binding() {
    var lookup = lookup("primarycontactid");

    assertThat(COLUMNS.find("_primarycontactid_value")).isInstanceOf(Column.LookupId.class);
    assertThat(COLUMNS.find("primarycontactid")).isNull();
    assertThat(COLUMNS.binding("primarycontactid")).isEqualTo(new Binding(lookup, "contact"));
    assertThat(COLUMNS.wireNameOf("primarycontactid")).isEqualTo("_primarycontactid_value");
    assertThat(COLUMNS.wireNameOf("name")).isEqualTo("name");
    assertThat(COLUMNS.wireNameOf("gone")).isEqualTo("gone");
  }

  private static Attribute lookup(String name) {
    return Objects.requireNonNull(Examples.ACCOUNT.attribute(name));
  }

  @Test
  void a_lookup_with_several_targets_is_bound_by_one_name_for_each() {
    var lookup = lookup("customerid");

    assertThat(COLUMNS.binding("customerid")).isNull();
    assertThat(COLUMNS.binding("customerid_account")).isEqualTo(new Binding(lookup, "account"));
    assertThat(COLUMNS.binding("customerid_contact")).isEqualTo(new Binding(lookup, "contact"));
    assertThat(Columns.navigationProperty(lookup, "contact")).isEqualTo("customerid_contact");
  }

  @Test
  void a_selection_always_holds_the_id_and_each_column_once() {
    assertThat(COLUMNS.select(List.of("rate", "name", "accountid", "rate")))
        .extracting(Column::wireName)
        .containsExactly("accountid", "rate", "name");
    assertThat(COLUMNS.select(List.of())).isEqualTo(COLUMNS.all());
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> COLUMNS.select(List.of("nmae")))
        .withMessage(
            "Could not find a property named 'nmae' on type 'Microsoft.Dynamics.CRM.account'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"createdon", "modifiedby", "versionnumber", "accountid"})
  void no_attribute_takes_a_name_of_the_service(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            EntityType.of(
                "account",
                "accounts",
                "Account",
                name,
                attribute(name, new AttributeType.Text(10))))
        .withMessageContaining(name);
  }
}
