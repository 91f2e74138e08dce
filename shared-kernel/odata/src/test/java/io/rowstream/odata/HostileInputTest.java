package io.rowstream.odata;

import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.SETS;
import static org.assertj.core.api.Assertions.fail;

import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.error.ODataError;
import io.rowstream.odata.error.ODataErrors;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.Preferences;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.query.Aggregation;
import io.rowstream.odata.query.ListQuery;
import io.rowstream.odata.url.MetadataQuery;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Whatever comes in, a parser either takes it or refuses it; nothing else ever comes out.
class HostileInputTest {
  /// Inputs for each parser; `-Drowstream.rounds` asks for more.
  private static final int ROUNDS = Integer.getInteger("rowstream.rounds", 2_000);

  private static final List<String> PATHS =
      List.of(
          "accounts",
          "accounts(" + ID + ")/name/$value",
          "accounts(accountnumber='A''B',_x_value=" + ID + ",n=-1.5e3)/Account_Tasks(" + ID + ")",
          "accounts%28name=%27%C3%A9%27%29/$count",
          "EntityDefinitions(LogicalName='account')/Attributes/a.b.C(" + ID + ")",
          "RetrieveTotalRecordCount(EntityNames=['account',%22contact%22])",
          "$metadata");

  private static final List<String> QUERIES =
      List.of(
          "$select=name,rate&$top=5&$count=true&$orderby=name desc,rate",
          "$filter=contains(name,'a%27%27b') and (employees gt 5 or not rate le -1.5e2)",
          "%24filter=_customerid_value eq " + ID + " or industry in (1,2,null)&tag=x",
          "$filter=opened ge 2026-11-21T10:00:00.5%2B01:00 or opened lt 2026-11-21",
          "rowstream.at=2026-11-21T10:00:00Z",
          "$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[\"a\\u0041\",'b'])",
          "$filter=Microsoft.Dynamics.CRM.LastXYears(PropertyName='opened',PropertyValue='99999')",
          "$filter=@a eq @b&@a=name&@b='x'&$orderby=@c&@c=_customerid_value desc",
          "$apply=filter(rate gt 1)/groupby((industry,primarycontactid/fullname),"
              + "aggregate($count as n,revenue with sum as t))",
          "$select=a&$expand=Attributes($select=b;$filter=c eq X.Y'z';$expand=D),Keys()",
          "$orderby=name&$skiptoken=AW8NjB4AAUAAgAAAAAAAq80BAAAAAXgAAAAA");

  private static final List<String> BODIES =
      List.of(
          "{\"name\":\"O'Neil \\u00e9 \\ud83d\\ude00\",\"employees\":5,\"rate\":-0.125,"
              + "\"donotemail\":true}",
          "{\"@odata.etag\":\"W/\\\"5\\\"\",\"x@a.b\":{\"c\":[1,2,{}]},\"accountid\":\""
              + ID
              + "\"}",
          "{\"customerid_contact@odata.bind\":\"/contacts(" + ID + ")\",\"opened\":\"2026-11-21\"}",
          "{\"value\":null}");

  private static final List<String> HEADERS =
      List.of("W/\"5\", \"6\"", "*", "null", "return=representation; a=b, odata.maxpagesize=\"7\"");

  private static final List<String> SPLINTERS =
      List.of(
          "'",
          "''",
          "\"",
          "(",
          ")",
          "%",
          "%2",
          "%27",
          "%00",
          "%c0%af",
          "%ed%a0%80",
          "%252f",
          "..",
          "/",
          "//",
          "$",
          "$value",
          "&",
          "=",
          ",",
          ";",
          "{",
          "}",
          "[",
          "]",
          "\\",
          "\\u",
          "\\ud800",
          " ",
          "+",
          "-",
          "--",
          "null",
          "not ",
          " and ",
          " or ",
          " eq ",
          " in ",
          "1e999999",
          "-0",
          "9223372036854775808",
          "\u0000",
          "\u00E9",
          "\u4E2D",
          "\uD83D",
          "\uDE00",
          "\uFEFF",
          "@",
          "@odata.bind",
          "' OR 1=1 --",
          "W/",
          "*",
          "((((((((((",
          "[[[[[[[[[[[[[[[[[[[[[[",
          "\r\n");

  private final Random random = Seed.ofThisRun().random();

  private final ODataErrors errors = new ODataErrors(_ -> null, _ -> COLUMNS);

  @Test
  void a_path_is_taken_or_refused() {
    attack(PATHS, ResourcePath::parse);
  }

  @Test
  void a_query_is_taken_or_refused() {
    attack(QUERIES, query -> ListQuery.of(COLUMNS, Examples.CONTEXT, QueryOptions.parse(query)));
    attack(QUERIES, HostileInputTest::group);
    attack(QUERIES, MetadataQuery::parse);
  }

  @Test
  void a_body_is_taken_or_refused() {
    attack(
        BODIES,
        body -> RecordPayload.forUpdate(body.getBytes(StandardCharsets.UTF_8), COLUMNS, SETS, ID));
    attack(
        BODIES,
        body ->
            RecordPayload.forProperty(
                body.getBytes(StandardCharsets.ISO_8859_1), COLUMNS, SETS, "name"));
  }

  @Test
  void a_header_is_taken_or_refused() {
    attack(HEADERS, value -> Condition.ifMatch(List.of(value)));
    attack(HEADERS, value -> Condition.ifNoneMatch(List.of(value)));
    attack(HEADERS, value -> Preferences.parse(List.of(value)));
  }

  private static void group(String query) {
    var options = QueryOptions.parse(query);
    if (options.apply() != null) {
      Aggregation.of(COLUMNS, Examples.CONTEXT, options);
    }
  }

  private void attack(List<String> samples, Consumer<String> parser) {
    for (int i = 0; i < ROUNDS; i++) {
      String input = mutated(samples.get(random.nextInt(samples.size())));
      try {
        parser.accept(input);
      } catch (BadRequest refusal) {
        answer(ODataError.of(refusal));
      } catch (RefusedException refusal) {
        answer(errors.of(refusal.refusal()));
      } catch (RuntimeException | StackOverflowError e) {
        fail("neither taken nor refused, seed " + Seed.ofThisRun().value() + ": " + input, e);
      }
    }
  }

  private static void answer(ODataError error) {
    if (error.body().length > 1_000) {
      fail("repeats too much: " + error.message());
    }
  }

  private String mutated(String sample) {
    var text = new StringBuilder(sample);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 2 -> text.insert(at, (char) random.nextInt(0x100));
        case 3 -> text.insert(at, text.substring(0, random.nextInt(text.length() + 1)));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
