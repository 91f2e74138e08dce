package io.rowstream.command.app.rows;

import io.rowstream.odata.json.WireJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON lines: one object on each line, in UTF-8. Blank lines count as lines and are no rows.
public final class JsonRows implements RowSource {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final int rowOctetsMax;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private long line;

  /// @param rowOctetsMax the longest line
  public JsonRows(InputStream in, int rowOctetsMax) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.rowOctetsMax = rowOctetsMax;
  }

  @Override
  public @Nullable Row next() throws IOException {
    while (readLine()) {
      line++;
      if (octets.size() > rowOctetsMax) {
        return new Row.Malformed(line, "it is longer than " + rowOctetsMax + " octets");
      }
      String text = text();
      if (text == null) {
        return new Row.Malformed(line, "it is not UTF-8");
      }
      if (!text.isBlank()) {
        return row(text);
      }
    }
    return null;
  }

  /// Keeps at most one octet more than a row may have.
  private boolean readLine() throws IOException {
    octets.reset();
    int octet = in.read();
    if (octet < 0) {
      return false;
    }
    while (octet >= 0 && octet != '\n') {
      if (octets.size() <= rowOctetsMax) {
        octets.write(octet);
      }
      octet = in.read();
    }
    return true;
  }

  private @Nullable String text() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(octets.toByteArray()))
              .toString();
      return line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private Row row(String text) {
    try (var json = WireJson.from(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Row.Malformed(line, "it is not a JSON object");
      }
      List<String> names = new ArrayList<>();
      List<@Nullable String> cells = new ArrayList<>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        names.add(name);
        cells.add(cell(json));
      }
      return json.nextToken() == null
          ? new Row.Cells(line, names, cells)
          : new Row.Malformed(line, "there is something behind the JSON object");
    } catch (JacksonException e) {
      return new Row.Malformed(
          line, "it is not valid JSON, in column " + e.getLocation().getColumnNr());
    }
  }

  /// Objects and arrays are read as what no column takes.
  private static @Nullable String cell(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> {
        json.skipChildren();
        yield CellValue.NOT_ONE_VALUE;
      }
      case null, default -> json.getString();
    };
  }
}
