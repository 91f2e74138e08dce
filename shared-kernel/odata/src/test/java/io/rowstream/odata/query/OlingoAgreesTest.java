package io.rowstream.odata.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Examples;
import io.rowstream.odata.metadata.CsdlDocument;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.testkit.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.server.api.ODataLibraryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A second opinion on queries: Apache Olingo's parser understands what we understand, as we do.
class OlingoAgreesTest {
  private static final int QUERIES = 1_500;
  private static final int AGREED_MIN = QUERIES / 2;

  /// What Olingo takes and we do not, by what we say to it; all of it is tried below.
  private static final List<String> OLINGO_TAKES_MORE =
      List.of(
          "Two values cannot be compared",
          "A property is compared with a value",
          "does not fit property",
          "is neither a name nor a value",
          "a comparison is expected",
          "is not supported",
          "cannot be expanded",
          "is one record",
          "takes a text property",
          "can be compared with eq, ne and in only",
          "$count is true or false",
          "$top is a number",
          "')' is expected");

  private static final OlingoParser OLINGO =
      new OlingoParser(CsdlDocument.write(List.of(Examples.ACCOUNT, Examples.CONTACT), false));

  private static QueryOptions ours(String query) {
    var options = QueryOptions.parse(query);
    ListQuery.of(Examples.COLUMNS, Examples.CONTEXT, options);
    return options;
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3D", "=")
        .replace("%26", "&");
  }

  /// @param agreed whether both take a query, and understand it alike
  /// @param difference that is not listed; empty if there is none
  private record Opinions(boolean agreed, String difference) {
    static Opinions of(String query) {
      QueryOptions ours;
      try {
        ours = ours(query);
      } catch (BadRequest refusal) {
        return refused(query, String.valueOf(refusal.getMessage()));
      }
      String tree = QueryTree.of(ours);
      String theirs = theirs(query);
      if (theirs.startsWith("refused")) {
        theirs = theirs(encoded(StrictText.of(ours)));
      }
      return tree.equals(theirs)
          ? new Opinions(true, "")
          : new Opinions(false, "we: " + tree + "\nOlingo: " + theirs);
    }

    private static Opinions refused(String query, String refusal) {
      if (OLINGO_TAKES_MORE.stream().anyMatch(refusal::contains)) {
        return new Opinions(false, "");
      }
      String theirs = theirs(query);
      return new Opinions(
          false, theirs.startsWith("refused") ? "" : "we: " + refusal + "\nOlingo: " + theirs);
    }
  }

  private static String theirs(String query) {
    try {
      return OLINGO.parse("accounts", query);
    } catch (ODataLibraryException | RuntimeException refused) {
      return "refused: " + refused;
    }
  }

  @Test
  void random_queries_are_understood_alike_or_differ_as_listed() {
    var queries = new RandomQueries(Seed.ofThisRun().random());
    var differences = new ArrayList<String>();
    int agreed = 0;
    for (int i = 0; i < QUERIES; i++) {
      String query = queries.next();
      var opinions = Opinions.of(query);
      agreed += opinions.agreed ? 1 : 0;
      if (!opinions.difference.isEmpty()) {
        differences.add(query + "\n" + opinions.difference + "\n");
      }
    }

    assertThat(differences).isEmpty();
    assertThat(agreed).isGreaterThan(AGREED_MIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$filter=name eq 'a' or name eq 'b' and employees gt 1",
        "$filter=(name eq 'a' or name eq 'b') and employees gt 1",
        "$filter=not (name eq 'a') and not contains(name,'b')",
        "$filter=((((name eq 'it''s'))))",
        "$filter=employees in (1,2,3) and not (name in ('a','b'))",
        "$filter=-7 lt employees",
        "$filter=primarycontactid/parentcustomerid_account/name eq null",
        "$filter=contact_customer_accounts/any(c:c/parentcustomerid_account/contact_customer_accounts/all(d:d/fullname eq 'x'))",
        "$filter=opened ge 2026-11-21T10:00:00.5%2B02:00",
        "$filter=rate lt -0.5e-1",
        "$expand=contact_customer_accounts($filter=contains(fullname,';)(');$select=fullname;$top=2)",
        "$select=*&$count=false&$top=0",
        "%24select=name,batch&%24orderby=primarycontactid/fullname%20desc,name%20asc"
      })
  void what_both_take_is_understood_alike(String query) throws ODataLibraryException {
    String sent = query.replace(" ", "%20");

    assertThat(QueryTree.of(ours(sent))).isEqualTo(OLINGO.parse("accounts", sent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$filter=accountid eq '6f0d8c1e-0001-4000-8000-00000000abcd'",
        "$filter=opened ge 2026-11-21",
        "$filter=not name eq 'a'",
        "$filter=name in('a' ,'b')and employees eq 1",
        "$select=name, batch",
        "$orderby=name , batch desc"
      })
  void what_only_we_take_olingo_understands_in_strict_words(String query) {
    String sent = encoded(query);

    assertThat(theirs(sent)).startsWith("refused");
    assertThat(Opinions.of(sent)).isEqualTo(new Opinions(true, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          $filter=1 eq 1                     | Two values cannot be compared
          $filter=name eq description        | A property is compared with a value
          $filter=employees eq 1.5           | does not fit property
          $filter=-employees eq 1            | is neither a name nor a value
          $filter=donotemail                 | a comparison is expected
          $filter=tolower(name) eq 'a'       | is not supported
          $filter=contains(name,description) | takes a text property
          $filter=donotemail gt true         | can be compared with eq, ne and in only
          $filter=employees in (1 2)         | ')' is expected
          $expand=*                          | cannot be expanded
          $expand=primarycontactid($filter=fullname eq 'a') | is one record
          $skip=1                            | is not supported
          $search=x                          | is not supported
          $format=json                       | is not supported
          $top=1%20                          | $top is a number
          $count=%20true                     | $count is true or false
          """)
  void what_only_olingo_takes_is_refused(String query, String reason) {
    String sent = query.replace(" ", "%20");

    assertThat(theirs(sent)).doesNotStartWith("refused");
    assertThat(OLINGO_TAKES_MORE).contains(reason);
    assertThatThrownBy(() -> ours(sent))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining(reason);
  }
}
