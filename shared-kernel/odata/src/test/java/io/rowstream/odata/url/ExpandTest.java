package io.rowstream.odata.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpandTest {

  @Test
  void properties_have_options_of_their_own() {
    var expands =
        Expand.parse(
            "primarycontactid($select=fullname,jobtitle) , people($filter=contains(name,'a;b,(')"
                + " and age gt 1;$orderby=age desc,name;$top=3;$expand=boss($select=name))",
            new Aliases());

    assertThat(expands).extracting(Expand::property).containsExactly("primarycontactid", "people");
    assertThat(expands.getFirst().select()).containsExactly("fullname", "jobtitle");
    var people = expands.getLast();
    assertThat(people.filter()).isEqualTo(Filter.parse("contains(name,'a;b,(') and age gt 1"));
    assertThat(people.orderBy())
        .containsExactly(
            new SortKey(PropertyPath.of("age"), true), new SortKey(PropertyPath.of("name"), false));
    assertThat(people.top()).isEqualTo(3);
    assertThat(people.nested()).extracting(Expand::property).containsExactly("boss");
  }

  @Test
  void a_property_can_be_asked_for_by_itself_with_the_same_options() {
    var people =
        Expand.parse(
                "people($select=name;$filter=name eq 'a;b&c';$orderby=age desc;$top=3;"
                    + "$expand=boss($select=name;$expand=firm))",
                new Aliases())
            .getFirst();

    var options = QueryOptions.parse(people.query());

    assertThat(options.select()).isEqualTo(people.select());
    assertThat(options.filter()).isEqualTo(people.filter());
    assertThat(options.orderBy()).isEqualTo(people.orderBy());
    assertThat(options.expand()).isEqualTo(people.nested());
    assertThat(options.top()).isNull();
  }

  @Test
  void how_many_and_how_deep_is_bounded() {
    var many = new ArrayList<String>();
    for (int i = 0; i < Expand.PROPERTIES_MAX; i++) {
      many.add("p" + i);
    }
    assertThat(Expand.parse(String.join(",", many), new Aliases())).hasSize(Expand.PROPERTIES_MAX);
    refuses(String.join(",", many) + ",more", "more than 15");
    refuses("a($expand=" + String.join(",", many) + ")", "more than 15");
    assertThat(Expand.parse("a($expand=b($expand=c))", new Aliases())).hasSize(1);
    refuses("a($expand=b($expand=c($expand=d)))", "deeper than 3");
    refuses(String.join("", Collections.nCopies(10_000, "a($expand=")), "do not match");
  }

  @Test
  void what_does_not_fit_together_is_refused() {
    for (String text :
        List.of(
            "",
            ",",
            "a,",
            "a,a",
            "a(",
            "a)",
            "a()",
            "a(b)",
            "a($select=)",
            "a($top=x)",
            "a b",
            "a/$ref",
            "a($select=x)b",
            "a($filter=x eq ')",
            "a($levels=2)",
            "'a'")) {
      refuses(text, "");
    }
  }

  private static void refuses(String text, String reason) {
    assertThatExceptionOfType(BadRequest.class)
        .as(text)
        .isThrownBy(() -> Expand.parse(text, new Aliases()))
        .withMessageContaining(reason);
  }
}
