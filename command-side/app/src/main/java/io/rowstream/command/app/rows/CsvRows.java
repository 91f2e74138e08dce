package io.rowstream.command.app.rows;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.rowstream.odata.BadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Comma-separated values as RFC 4180 has them, in UTF-8, with the names of the columns in the
/// first row. Empty lines are no rows; an empty cell, also one in quotes, holds nothing.
///
/// What cannot be read costs the line it begins on: reading goes on with the line behind it.
public final class CsvRows implements RowSource {

  /// The most columns of a file.
  public static final int COLUMNS_MAX = 1_000;

  /// Stands for octets that are not UTF-8: half a surrogate pair, which no UTF-8 decodes to.
  private static final String UNDECODED = "\uDC00";

  private static final int READ_SIZE = 1 << 13;

  private final RewindableText text;
  private final char separator;
  private final int rowCharsMax;
  private final List<String> names;
  private Iterator<Fields> rows;

  /// What lies before the first line of `rows`, in lines.
  private long linesBefore;

  private long begunOn;

  /// @param rowCharsMax the longest row, in UTF-16 units
  /// @throws BadRequest if the first row does not name columns
  /// @throws IOException if the file breaks off in it
  public CsvRows(InputStream in, char separator, int rowCharsMax) throws IOException {
    this.separator = separator;
    this.rowCharsMax = rowCharsMax;
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(UNDECODED);
    text = new RewindableText(new InputStreamReader(in, decoder));
    rows = rows();
    names = header();
  }

  private record Fields(long line, List<@Nullable String> cells) {}

  private Iterator<Fields> rows() {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(bufferSize(rowCharsMax))
        .build(new Collector(), text)
        .iterator();
  }

  /// The parser reads by [#READ_SIZE] and doubles its buffer; another size than it comes to so, it
  /// overruns.
  private static int bufferSize(int rowCharsMax) {
    return Integer.highestOneBit(Math.addExact(rowCharsMax, READ_SIZE)) << 1;
  }

  /// The names of the columns, in their order.
  public List<String> names() {
    return names;
  }

  private List<String> header() throws IOException {
    Row first = read();
    switch (first) {
      case null -> throw BadRequest.payload("The file is empty; its first row names the columns.");
      case Row.Malformed(_, String reason) ->
          throw BadRequest.payload("The first row cannot be read: " + reason + ".");
      case Row.Cells cells -> {
        var found = new ArrayList<String>();
        for (String name : cells.cells()) {
          if (name == null || name.isBlank()) {
            throw BadRequest.payload("The first row names every column; one name is empty.");
          }
          found.add(name.strip());
        }
        if (new HashSet<>(found).size() < found.size()) {
          throw BadRequest.payload("The first row has two columns of one name.");
        }
        return List.copyOf(found);
      }
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    Row row = read();
    if (!(row instanceof Row.Cells(long line, _, var cells))) {
      return row;
    }
    return cells.size() == names.size()
        ? new Row.Cells(line, names, cells)
        : new Row.Malformed(line, names.size() + " cells are expected, not " + cells.size());
  }

  private @Nullable Row read() throws IOException {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      Fields fields = rows.next();
      text.forgetBefore(fields.line());
      return fields.cells().stream().anyMatch(CsvRows::isUndecoded)
          ? new Row.Malformed(fields.line(), "it is not UTF-8")
          : new Row.Cells(fields.line(), List.of(), fields.cells());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() != null) {
        throw new IllegalStateException("the CSV parser failed", e);
      }
      long line = begunOn;
      text.goBehind(line);
      linesBefore = line;
      rows = rows();
      return new Row.Malformed(line, reason(e));
    }
  }

  private String reason(CsvParseException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Unclosed") || message.startsWith("The maximum buffer")) {
      return "a quote is not closed, or the row is longer than " + rowCharsMax + " characters";
    }
    return message.startsWith("Unexpected character")
        ? "something stands between a closing quote and the next column"
        : "it has more than %d cells or %d characters".formatted(COLUMNS_MAX, rowCharsMax);
  }

  private static boolean isUndecoded(@Nullable String cell) {
    for (int i = 0; cell != null && i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (Character.isLowSurrogate(c)) {
        return true;
      }
      i += Character.isHighSurrogate(c) ? 1 : 0;
    }
    return false;
  }

  private final class Collector extends AbstractBaseCsvCallbackHandler<Fields> {
    private List<@Nullable String> cells = new ArrayList<>();
    private int chars;

    @Override
    protected void handleBegin(long line) {
      begunOn = linesBefore + line;
      cells = new ArrayList<>();
      chars = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      chars += length;
      if (index == COLUMNS_MAX || chars > rowCharsMax) {
        throw new CsvParseException("too large");
      }
      cells.add(length == 0 ? null : new String(buffer, offset, length));
    }

    @Override
    protected Fields buildRecord() {
      return new Fields(begunOn, cells);
    }
  }
}
