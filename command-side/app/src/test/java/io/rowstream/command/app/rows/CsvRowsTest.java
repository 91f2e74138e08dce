package io.rowstream.command.app.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.command.app.rows.Row.Cells;
import io.rowstream.command.app.rows.Row.Malformed;
import io.rowstream.odata.BadRequest;
import io.rowstream.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
  private static final int LENGTH_MAX = 20_000;

  @Test
  void rows_have_the_line_they_begin_on() throws IOException {
    assertThat(read("a,b\r\n1,\"x\r\ny\"\r\n\r\n2,\"say \"\"hi\"\"\"\r\n3,\n4,z"))
        .containsExactly(
            cells(2, "1", "x\r\ny"),
            cells(5, "2", "say \"hi\""),
            cells(6, "3", null),
            cells(7, "4", "z"));
  }

  @Test
  void an_empty_cell_holds_nothing_in_quotes_or_not() throws IOException {
    assertThat(read("a,b\n,\"\"\n")).containsExactly(cells(2, null, null));
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_name() throws IOException {
    var rows = rows("\uFEFFa,b\n1,2\n");

    assertThat(rows.names()).containsExactly("a", "b");
    assertThat(rows.next()).isEqualTo(cells(2, "1", "2"));
  }

  @Test
  void other_separators_are_understood() throws IOException {
    var in = new ByteArrayInputStream("a;b\n1;\"2;3\"\n".getBytes(StandardCharsets.UTF_8));

    assertThat(new CsvRows(in, ';', LENGTH_MAX).next()).isEqualTo(cells(2, "1", "2;3"));
  }

  @Test
  void a_row_with_another_number_of_cells_is_told() throws IOException {
    assertThat(read("a,b\n1\n1,2,3\n1,2\n"))
        .containsExactly(
            new Malformed(2, "2 cells are expected, not 1"),
            new Malformed(3, "2 cells are expected, not 3"),
            cells(4, "1", "2"));
  }

  @Test
  void a_quote_that_is_not_closed_costs_its_own_line_only() throws IOException {
    assertThat(read("a,b\n1,\"x\n2,y\n3,z\n").getFirst())
        .isEqualTo(
            new Malformed(2, "a quote is not closed, or the row is longer than 20000 characters"));
    assertThat(read("a,b\n1,\"x\n2,y\n3,z\n").subList(1, 3))
        .containsExactly(cells(3, "2", "y"), cells(4, "3", "z"));
    assertThat(read("a,b\n1,\"x\n2,\"y\"\n3,z\n"))
        .extracting(Row::line)
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void what_stands_behind_a_quote_costs_its_own_line_only() throws IOException {
    assertThat(read("a,b\n1,\"x\"y\n2,z\n"))
        .containsExactly(
            new Malformed(2, "something stands between a closing quote and the next column"),
            cells(3, "2", "z"));
  }

  @Test
  void octets_that_are_not_utf8_cost_their_row_only() throws IOException {
    byte[] file = "a,b\n1,?\n2,🙂\n".getBytes(StandardCharsets.UTF_8);
    file[6] = (byte) 0xFF;
    var rows = new CsvRows(new ByteArrayInputStream(file), ',', LENGTH_MAX);

    assertThat(rows.next()).isEqualTo(new Malformed(2, "it is not UTF-8"));
    assertThat(rows.next()).isEqualTo(cells(3, "2", "🙂"));
  }

  @Test
  void a_row_of_any_length_is_passed_over() throws IOException {
    String atTheBound = "x".repeat(LENGTH_MAX - 1);
    List<Row> rows =
        read(
            "a,b\n1,%s\n1,%sx\n1,%s\n1,\"%s\n2,y\r"
                .formatted(atTheBound, atTheBound, "x".repeat(100_000), "x,\"\"".repeat(100_000)));

    assertThat(rows.getFirst()).isEqualTo(cells(2, "1", atTheBound));
    assertThat(rows.subList(1, 4)).allMatch(Malformed.class::isInstance);
    assertThat(rows.subList(4, 5)).containsExactly(cells(6, "2", "y"));
  }

  @Test
  void a_file_without_proper_names_is_refused() {
    assertRefused("", "The file is empty");
    assertRefused("\n\n", "The file is empty");
    assertRefused("a,,b\n", "one name is empty");
    assertRefused("a,b,a\n", "two columns of one name");
    assertRefused("\"a\n", "a quote is not closed");
    assertRefused("a" + ",a".repeat(CsvRows.COLUMNS_MAX), "more than 1000 cells");
  }

  @Test
  void whole_rows_between_broken_ones_are_all_read() throws IOException {
    var random = Seed.ofThisRun().random();
    var file = new StringBuilder("a,b\n");
    var expected = new ArrayList<Row>();
    List<String> ends = List.of("\n", "\r\n", "\r");
    for (int line = 2; line < 5_000; line++) {
      String end = ends.get(random.nextInt(3));
      int kind = random.nextInt(10);
      if (kind == 0) {
        file.append("1,\"broken\" off").append(end);
        expected.add(
            new Malformed(line, "something stands between a closing quote and the next column"));
      } else {
        String cell = "x".repeat(1 + random.nextInt(kind == 1 ? 9_000 : 30));
        file.append(line).append(",\"").append(cell).append('"').append(end);
        expected.add(cells(line, Integer.toString(line), cell));
      }
    }

    assertThat(read(file.toString())).isEqualTo(expected);
  }

  private static void assertRefused(String file, String message) {
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining(message);
  }

  private static Cells cells(long line, @Nullable String... cells) {
    return new Cells(line, List.of("a", "b"), Arrays.asList(cells));
  }

  private static CsvRows rows(String file) throws IOException {
    return new CsvRows(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), ',', LENGTH_MAX);
  }

  private static List<Row> read(String file) throws IOException {
    var source = rows(file);
    var rows = new ArrayList<Row>();
    for (Row row = source.next(); row != null; row = source.next()) {
      rows.add(row);
    }
    return rows;
  }
}
