package io.rowstream.command.app.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.command.app.rows.RecordRow.Read;
import io.rowstream.command.app.rows.RecordRow.Refused;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRowsTest {
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final Columns THINGS =
      new Columns(
          EntityType.of(
              "thing",
              "things",
              "Thing",
              "name",
              new Attribute("name", "Name", new AttributeType.Text(10)),
              new Attribute("amount", "Amount", new AttributeType.WholeNumber(0, 100)),
              new Attribute("huge", "Huge", new AttributeType.BigInteger()),
              new Attribute(
                  "price", "Price", new AttributeType.Money(BigDecimal.ZERO, BigDecimal.TEN, 2)),
              new Attribute("good", "Good", new AttributeType.YesNo()),
              new Attribute("on", "On", new AttributeType.DateTime()),
              new Attribute(
                  "kind",
                  "Kind",
                  new AttributeType.Choice(Map.of(1, "One", 2, "3", 3, "Three", 4, "three"))),
              new Attribute("ref", "Ref", new AttributeType.Guid()),
              new Attribute("part", "Part Of", new AttributeType.Lookup(Set.of("thing"))),
              new Attribute("owner", "Owner", new AttributeType.Lookup(Set.of("cat", "dog")))));

  @ParameterizedTest
  @CsvSource({
    "name,Züge,Text[text=Züge]",
    "name,' x ','Text[text= x ]'",
    "amount, 7 ,Whole[number=7]",
    "amount,7.0,Whole[number=7]",
    "amount,1e2,Whole[number=100]",
    "huge,-9223372036854775808,Whole[number=-9223372036854775808]",
    "price,1.50,Decimal[number=1.5]",
    "good,YES,YesNo[yes=true]",
    "good,0,YesNo[yes=false]",
    "kind,3,Whole[number=3]",
    "kind,one,Whole[number=1]",
  })
  void a_cell_is_read_as_its_attribute_demands(String column, String cell, String value)
      throws IOException {
    assertThat(one("%s,%s\n%s,\"%s\"\n".formatted("thingid", column, ID, cell)))
        .isInstanceOfSatisfying(
            Read.class, read -> assertThat(read.values().get(column)).asString().isEqualTo(value));
  }

  @ParameterizedTest
  @CsvSource({
    "name,12345678901,it is longer than 10 characters",
    "amount,101,a whole number from 0 to 100 is expected",
    "amount,1.5,a whole number from 0 to 100 is expected",
    "amount,1e400,a whole number from 0 to 100 is expected",
    "amount,seven,a whole number from 0 to 100 is expected",
    "huge,9223372036854775808,a whole number from -9223372036854775808 to 9223372036854775807 is"
        + " expected",
    "price,0.125,at most 2 digits after the point are expected",
    "price,11,a number from 0 to 10 is expected",
    "good,maybe,'true or false, yes or no, 1 or 0 is expected'",
    "on,21.11.2026,a date such as 2026-11-21 or a time such as 2026-11-21T10:00:00Z is expected",
    "kind,9,the number or the label of one of its options is expected",
    "kind,THREE,the number or the label of one of its options is expected",
    "ref,x,a guid is expected",
    "part,x,'a reference such as accounts(<id>) to one thing is expected, or its id'",
    "owner,00000000-0000-4000-8000-000000000002,a reference such as accounts(<id>) to one cat or"
        + " dog is expected",
    "owner,things(00000000-0000-4000-8000-000000000002),a reference such as accounts(<id>) to one"
        + " cat or dog is expected",
  })
  void a_cell_its_attribute_cannot_hold_is_named_and_not_repeated(
      String column, String cell, String reason) throws IOException {
    assertThat(one("%s,%s\n%s,\"%s\"\n".formatted("thingid", column, ID, cell)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(2);
              assertThat(refused.column()).isEqualTo(column);
              assertThat(refused.reason()).isEqualTo(reason);
            });
  }

  @Test
  void times_links_and_empty_cells_are_understood() throws IOException {
    var row =
        (Read)
            one(
                "thingid,on,part,_owner_value,name\n%s,2026-11-21,%s,/cats(%s),\n"
                    .formatted(ID, ID, ID));

    assertThat(row.record()).isEqualTo(new RecordRef("thing", ID));
    assertThat(row.values())
        .containsOnly(
            Map.entry("on", new Value.DateTime(Instant.parse("2026-11-21T00:00:00Z"))),
            Map.entry("part", new Value.Lookup(new RecordRef("thing", ID))),
            Map.entry("owner", new Value.Lookup(new RecordRef("cat", ID))),
            Map.entry("name", Value.empty()));
  }

  @Test
  void an_id_follows_from_the_key_and_from_nothing_else() throws IOException {
    var first = (Read) one("name,amount\nLyon,1\n", "name");
    var other = (Read) one("amount,name\n2,Lyon\n", "name");

    assertThat(other.record()).isEqualTo(first.record());
    assertThat(((Read) one("name,amount\nLyon,1\n", "name", "amount")).record())
        .isNotEqualTo(first.record());
    assertThat(RowIds.of("cities", List.of("FR", "Lyon")))
        .hasToString("a175de94-3f5b-5a50-bb52-14c3d665ca60");
    assertThat(RowIds.of("accounts", List.of("Züge")))
        .hasToString("9c4bdea1-b98e-5558-9a08-d9837d564c90");
  }

  @Test
  void the_same_key_is_the_same_record_in_json_and_csv() throws IOException {
    var json = json("{\"amount\":7,\"name\":\"x\",\"x@y.z\":1}\n", Map.of());

    assertThat(((Read) first(json)).record())
        .isEqualTo(((Read) one("amount,name\n7,y\n", "amount")).record());
  }

  @Test
  void a_second_row_about_one_record_is_refused() throws IOException {
    var rows = csv("name,amount\nLyon,1\nParis,1\nLyon,2\n", Map.of(), "name");

    assertThat(rows.next()).isInstanceOf(Read.class);
    assertThat(rows.next()).isInstanceOf(Read.class);
    assertThat(rows.next())
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason()).isEqualTo("it is about the same record as line 2"));
  }

  @Test
  void a_row_without_a_key_is_refused() throws IOException {
    assertThat(((Refused) one("name,amount\n,1\n", "name")).reason()).contains("has no value");
    assertThat(((Refused) one("name,amount\nx,1\n")).reason()).contains("names no key");
    assertThat(((Refused) first(json("{\"amount\":{}}", Map.of()))).column()).isEqualTo("amount");
  }

  @Test
  void chosen_columns_are_taken_under_the_names_given_and_no_others() throws IOException {
    var chosen = Map.of("City", "name", "Size", "amount");
    var row = (Read) first(csv("Code,City,Size\n9,Lyon,1\n", chosen, "Code"));

    assertThat(row.values())
        .containsOnly(
            Map.entry("name", new Value.Text("Lyon")), Map.entry("amount", new Value.Whole(1)));
    assertThat(((Refused) first(json("{\"amount\":1,\"Size\":\"x\"}\n", chosen))).column())
        .isEqualTo("Size");
  }

  @Test
  void a_file_whose_columns_do_not_fit_is_refused() {
    assertBad(() -> csv("name,nosuch\n", Map.of()), "'nosuch': there is no column 'nosuch'");
    assertBad(() -> csv("name,createdon\n", Map.of()), "'createdon': it can only be read");
    assertBad(() -> csv("part,_part_value\n", Map.of()), "another column sets the same attribute");
    assertBad(() -> csv("name\n", Map.of(), "code"), "no column 'code'");
    assertBad(() -> csv("name\n", Map.of("City", "name")), "no column 'City'");
    assertBad(() -> csv("City\n", Map.of("City", "nosuch")), "'City': there is no column 'nosuch'");
  }

  private static void assertBad(ThrowingCallable made, String message) {
    assertThatThrownBy(made).isInstanceOf(BadRequest.class).hasMessageContaining(message);
  }

  private static RecordRow one(String file, String... key) throws IOException {
    return first(csv(file, Map.of(), key));
  }

  private static RecordRow first(RecordRows rows) throws IOException {
    return Objects.requireNonNull(rows.next());
  }

  private static RecordRows csv(String file, Map<String, String> chosen, String... key)
      throws IOException {
    return rows(new CsvRows(in(file), ',', 1_000), chosen, List.of(key));
  }

  private static RecordRows json(String file, Map<String, String> chosen) {
    return rows(new JsonRows(in(file), 1_000), chosen, List.of("amount"));
  }

  private static RecordRows rows(RowSource rows, Map<String, String> chosen, List<String> key) {
    Map<String, String> sets = Map.of("things", "thing", "cats", "cat", "dogs", "dog");
    return new RecordRows(rows, THINGS, sets::get, key, chosen);
  }

  private static ByteArrayInputStream in(String file) {
    return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
  }
}
