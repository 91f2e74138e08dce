package io.rowstream.odata.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionCallTest {
  private static final String TOTAL = "RetrieveTotalRecordCount";

  private static Collection<String> names(String path, @Nullable String query) {
    return ((FunctionCall) ResourcePath.parse(path)).names("EntityNames", query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(EntityNames=['account','contact'])",
        "(EntityNames=[\"account\",\"contact\"])",
        "(EntityNames=%5B'account'%2C%20\"contact\"%5D)",
        "( EntityNames = [ 'account' , 'contact' , 'account' ] )"
      })
  void a_list_of_names_is_written_in_either_kind_of_quotes(String arguments) {
    assertThat(names(TOTAL + arguments.replace(" ", "%20"), null))
        .containsExactly("account", "contact");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(EntityNames=@p1) | @p1=[\"account\"]",
        "(EntityNames=@p1) | @p1=%5B%22account%22%5D&@p2=1",
        "(EntityNames=@names) | %40names=['account']"
      })
  void an_argument_may_stand_in_the_query(String arguments, String query) {
    assertThat(names(TOTAL + arguments, query)).containsExactly("account");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "RetrieveTotalRecordCount | none",
        "RetrieveTotalRecordCount() | none",
        "RetrieveTotalRecordCount(EntityNames=@p1) | none",
        "RetrieveTotalRecordCount(EntityNames=@p1) | @p2=['account']",
        "RetrieveTotalRecordCount(EntityNames=@p1) | @p1=@p1",
        "RetrieveTotalRecordCount(EntityNames=['account']) | $top=1",
        "RetrieveTotalRecordCount(EntityNames='account') | none",
        "RetrieveTotalRecordCount(EntityNames=[account]) | none",
        "RetrieveTotalRecordCount(EntityNames=['account\"]) | none",
        "RetrieveTotalRecordCount(EntityNames=['account',]) | none",
        "RetrieveTotalRecordCount(EntityNames=['a;b']) | none",
        "RetrieveTotalRecordCount(EntityNames=[') | none",
        "RetrieveTotalRecordCount(Names=['account']) | none",
        "RetrieveTotalRecordCount(EntityNames=['account'],X=1) | none",
        "RetrieveTotalRecordCount(EntityNames=['account'],EntityNames=['account']) | none",
        "RetrieveTotalRecordCount(EntityNames) | none",
        "RetrieveTotalRecordCount(EntityNames=['account'] | none"
      })
  void anything_else_is_refused(String path, @Nullable String query) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> names(path, query))
        .matches(refusal -> refusal.code() == ErrorCode.BAD_QUERY);
  }

  @Test
  void a_list_has_a_bound() {
    String most = String.join(",", Collections.nCopies(FunctionCall.ELEMENTS_MAX, "'account'"));

    assertThat(names(TOTAL + "(EntityNames=[" + most + "])", null)).containsExactly("account");
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> names(TOTAL + "(EntityNames=[" + most + ",'x'])", null))
        .withMessageContaining("at most 100");
  }

  @Test
  void no_list_is_a_list_of_nothing() {
    assertThat(names(TOTAL + "(EntityNames=[])", null)).isEmpty();
  }
}
