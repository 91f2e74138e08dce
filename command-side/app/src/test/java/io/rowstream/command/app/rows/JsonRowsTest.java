package io.rowstream.command.app.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.app.rows.Row.Cells;
import io.rowstream.command.app.rows.Row.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRowsTest {

  @Test
  void each_line_is_a_row() throws IOException {
    assertThat(read("\uFEFF{\"a\":\"x\",\"b\":1.50,\"c\":true,\"d\":null}\r\n\n{\"a\":\"\"}"))
        .containsExactly(
            new Cells(1, List.of("a", "b", "c", "d"), Arrays.asList("x", "1.50", "true", null)),
            new Cells(3, List.of("a"), List.of("")));
  }

  @Test
  void what_is_not_one_value_is_read_as_what_no_column_takes() throws IOException {
    assertThat(read("{\"a\":{\"b\":[1]},\"c\":2}"))
        .containsExactly(new Cells(1, List.of("a", "c"), List.of(CellValue.NOT_ONE_VALUE, "2")));
  }

  @Test
  void a_broken_line_costs_itself_only() throws IOException {
    assertThat(read("{\"a\":1\n[1]\n{\"a\":1}{}\n{\"a\":1,\"a\":2}\nnonsense\n{\"a\":2}\n"))
        .containsExactly(
            new Malformed(1, "it is not valid JSON, in column 7"),
            new Malformed(2, "it is not a JSON object"),
            new Malformed(3, "there is something behind the JSON object"),
            new Malformed(4, "it is not valid JSON, in column 11"),
            new Malformed(5, "it is not valid JSON, in column 1"),
            new Cells(6, List.of("a"), List.of("2")));
  }

  @Test
  void octets_that_are_not_utf8_cost_their_row_only() throws IOException {
    byte[] file = "{\"a\":\"?\"}\n{\"a\":\"ü\"}\n".getBytes(StandardCharsets.UTF_8);
    file[6] = (byte) 0xC0;

    assertThat(read(file))
        .containsExactly(
            new Malformed(1, "it is not UTF-8"), new Cells(2, List.of("a"), List.of("ü")));
  }

  @Test
  void a_line_of_any_length_is_passed_over() throws IOException {
    String atTheBound = "{\"a\":\"" + "x".repeat(92) + "\"}";

    assertThat(read(atTheBound + "\nx" + atTheBound + "\n" + "x".repeat(10_000) + "\n{\"a\":2}"))
        .containsExactly(
            new Cells(1, List.of("a"), List.of("x".repeat(92))),
            new Malformed(2, "it is longer than 100 octets"),
            new Malformed(3, "it is longer than 100 octets"),
            new Cells(4, List.of("a"), List.of("2")));
  }

  private static List<Row> read(String file) throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Row> read(byte[] file) throws IOException {
    var source = new JsonRows(new ByteArrayInputStream(file), 100);
    var rows = new ArrayList<Row>();
    for (Row row = source.next(); row != null; row = source.next()) {
      rows.add(row);
    }
    return rows;
  }
}
