package io.rowstream.command.app.rows;

import io.rowstream.language.RecordRef;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of a file as what they say about records of one entity type, each record once: of
/// several rows about one record the first counts, so that the outcome does not depend on which is
/// faster. Not thread-safe.
public final class RecordRows {
  private final RowSource rows;
  private final Columns columns;
  private final RowColumns targets;
  private final List<String> key;
  private final SeenIds seen = new SeenIds();

  /// @param key columns of the file whose values a record is known by when it has no id
  /// @param chosen columns of the file and the properties they are; empty if each column is the
  ///   property of its own name
  /// @throws BadRequest if the rows of a CSV file do not fit
  public RecordRows(
      RowSource rows,
      Columns columns,
      EntitySets sets,
      List<String> key,
      Map<String, String> chosen) {
    this.rows = rows;
    this.columns = columns;
    this.targets = new RowColumns(columns, sets, chosen);
    this.key = List.copyOf(key);
    if (rows instanceof CsvRows csv) {
      requireFits(csv.names(), chosen);
    }
  }

  private void requireFits(List<String> names, Map<String, String> chosen) {
    var wanted = new ArrayList<>(key);
    wanted.addAll(chosen.keySet());
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw BadRequest.payload("The file has no column " + Quoted.of(name) + ".");
      }
    }
    var empty = new ArrayList<@Nullable String>();
    names.forEach(_ -> empty.add(null));
    try {
      targets.values(new Row.Cells(1, names, empty));
    } catch (RefusedRowException e) {
      throw BadRequest.payload(
          "Column " + Quoted.of(String.valueOf(e.column())) + ": " + e.reason() + ".");
    }
  }

  /// Different records so far.
  public int records() {
    return seen.size();
  }

  /// Whether an earlier row is about the record.
  public boolean hasSeen(RecordRef record) {
    return record.entityType().equals(columns.entityType().name()) && seen.contains(record.id());
  }

  /// @return null at the end of the file
  /// @throws IOException if the file breaks off
  public @Nullable RecordRow next() throws IOException {
    Row row = rows.next();
    return switch (row) {
      case null -> null;
      case Row.Malformed(long line, String reason) ->
          new RecordRow.Refused(line, null, ErrorCode.BAD_PAYLOAD, reason);
      case Row.Cells cells -> {
        try {
          yield read(cells);
        } catch (RefusedRowException e) {
          yield new RecordRow.Refused(cells.line(), e.column(), e.code(), e.reason());
        }
      }
    };
  }

  private RecordRow read(Row.Cells row) {
    var values = targets.values(row);
    UUID own = targets.id(row);
    UUID id = own == null ? RowIds.of(columns.entityType().setName(), keyOf(row)) : own;
    long before = seen.put(id, row.line());
    if (before != 0) {
      throw new RefusedRowException(null, "it is about the same record as line " + before);
    }
    var record = new RecordRef(columns.entityType().name(), id);
    return new RecordRow.Read(row.line(), record, values, row.size());
  }

  private List<String> keyOf(Row.Cells row) {
    if (key.isEmpty()) {
      throw new RefusedRowException(
          columns.primaryId().wireName(), "it is empty, and the import names no key");
    }
    var values = new ArrayList<String>(key.size());
    for (String column : key) {
      int at = row.names().indexOf(column);
      String value = at < 0 ? null : row.cells().get(at);
      if (value == null || value.equals(CellValue.NOT_ONE_VALUE)) {
        throw new RefusedRowException(column, "the key has no value here");
      }
      values.add(Objects.requireNonNull(value));
    }
    return values;
  }
}
