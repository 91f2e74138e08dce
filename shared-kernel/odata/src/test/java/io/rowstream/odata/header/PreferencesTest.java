package io.rowstream.odata.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

  private static Preferences parse(String... values) {
    return Preferences.parse(List.of(values));
  }

  @Test
  void preferences_come_joined_by_commas_or_in_several_headers() {
    var expected =
        new Preferences(true, new Annotations(List.of("*")), 1, false, false, false, false);

    assertThat(parse("return=representation,odata.include-annotations=\"*\",odata.maxpagesize=1"))
        .isEqualTo(expected);
    assertThat(
            parse(
                " Return = representation ; x=y",
                "odata.include-annotations=*",
                "ODATA.MaxPageSize=\"1\""))
        .isEqualTo(expected);
  }

  @Test
  void our_own_preferences_and_those_of_odata_401_are_known() {
    assertThat(parse("rowstream.merge").merge()).isTrue();
    assertThat(parse("rowstream.overwrite").overwrite()).isTrue();
    assertThat(parse("odata.track-changes").trackChanges()).isTrue();
    assertThat(parse("odata.continue-on-error").continueOnError()).isTrue();
    assertThat(parse("continue-on-error=false").continueOnError()).isFalse();
    assertThat(parse("maxpagesize=7").pageSize()).isEqualTo(7);
    assertThat(parse("return=minimal").returnRepresentation()).isFalse();
  }

  @Test
  void what_nobody_knows_is_ignored_and_the_first_of_a_name_counts() {
    assertThat(parse()).isEqualTo(Preferences.NONE);
    assertThat(parse("")).isEqualTo(Preferences.NONE);
    assertThat(parse("respond-async, wait=10; x, foo=\"a,b\\\"c;\", url=http://x/y?z, ,"))
        .isEqualTo(Preferences.NONE);
    assertThat(parse("odata.maxpagesize=3,odata.maxpagesize=9").pageSize()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5000, 5000", "5001, 5000", "99999999999999999999, 5000", "007, 7"})
  void a_page_has_at_most_5000_records(String asked, int given) {
    assertThat(parse("odata.maxpagesize=" + asked).pageSize()).isEqualTo(given);
    assertThat(Preferences.NONE.pageSize()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rowstream.merge,rowstream.overwrite",
        "odata.maxpagesize=0",
        "odata.maxpagesize=-1",
        "odata.maxpagesize=x",
        "odata.maxpagesize=",
        "odata.maxpagesize",
        "a=\"b",
        "a=\"b\"c",
        "=x",
        "a b",
        "(a)"
      })
  void what_contradicts_itself_or_is_malformed_is_refused(String value) {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> parse(value));
  }

  @Test
  void preferences_are_bounded() {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> parse("a,".repeat(Preferences.LENGTH_MAX)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | true",
        "OData.Community.Display.V1.FormattedValue | false",
        "Microsoft.Dynamics.CRM.* | true",
        "Microsoft.Dynamics.CRM.lookuplogicalname | true",
        "Microsoft.* , -Microsoft.Dynamics.* | false",
        "*,-Microsoft.Dynamics.CRM.lookuplogicalname | false",
        "-*,Microsoft.Dynamics.CRM.lookuplogicalname | true",
        "-* | false"
      })
  void the_most_exact_pattern_decides_about_an_annotation(String patterns, boolean included) {
    var annotations = parse("odata.include-annotations=\"" + patterns + "\"").annotations();

    assertThat(annotations.includes(Annotations.LOOKUP_LOGICAL_NAME)).isEqualTo(included);
  }
}
