package io.rowstream.command.app;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.Parameter;
import io.rowstream.odata.openapi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.MimeType;

/// What imports are, for those who have not read this.
final class ImportOperations {

  private ImportOperations() {}

  static List<Operation> all() {
    return Stream.of("POST", "PUT").map(ImportOperations::operation).toList();
  }

  private static Operation operation(String method) {
    var types = new ArrayList<String>();
    types.add(ImportRequest.CSV.toString());
    ImportRequest.JSON_LINES.stream().map(MimeType::toString).forEach(types::add);
    return Operation.of(
            method,
            ImportRequest.PATH + "{set}",
            "Import a file of records",
            "Each row is an upsert; the same file again changes nothing. The answer begins with the"
                + " first row and ends with the last.")
        .with(
            Parameter.path("set", "The name of an entity set."),
            Parameter.query(
                ImportRequest.KEY,
                "Columns of the file a record is known by, separated by commas; its id follows from"
                    + " them. Not needed where a column holds the id."),
            Parameter.query(
                ImportRequest.COLUMNS,
                "The columns to take, separated by commas: `a`, or `a:b` for the property `b`."),
            Parameter.query(ImportRequest.SEPARATOR, "Of a CSV file: `,` `;` `|` or `tab`."),
            Parameter.header(
                "Prefer", "`rowstream.overwrite`, for entity types that demand a version."),
            WriteOperations.CALLER,
            WriteOperations.CLIENT)
        .with(new Content(types, Schema.any("The file, in UTF-8.")))
        .with(
            200,
            new Answer(
                "The report; without a last line `done` or `failed` it was cut.",
                List.of(WriteOperations.COMMAND_ID),
                new Content(List.of("application/x-ndjson"), line())));
  }

  private static Schema line() {
    return Schema.object(
        "One line.",
        Map.ofEntries(
            Map.entry(
                "event",
                Schema.oneOf("What it tells.", List.of("progress", "refused", "done", "failed"))),
            Map.entry("line", Schema.whole("Where the row begins; how far the file is read.")),
            Map.entry("column", Schema.text("Of a refused row, as the file names it.")),
            Map.entry("code", Schema.text("Of a refused row.")),
            Map.entry("reason", Schema.text("Of a refused row, without what stands there.")),
            Map.entry("read", Schema.whole("Rows.")),
            Map.entry("created", Schema.whole("Records.")),
            Map.entry("updated", Schema.whole("Records.")),
            Map.entry("unchanged", Schema.whole("Rows whose record was so already.")),
            Map.entry("refused", Schema.whole("Rows.")),
            Map.entry("refusedNotListed", Schema.whole("Rows, as nobody read the report.")),
            Map.entry("position", Schema.whole("Of the last write in the log; 0 for none.")),
            Map.entry("error", Schema.any("Why the import failed: `code` and `message`."))));
  }
}
