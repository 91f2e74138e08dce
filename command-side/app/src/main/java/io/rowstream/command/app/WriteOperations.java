package io.rowstream.command.app;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.Parameter;
import io.rowstream.odata.openapi.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What writes understand beyond Dataverse's dialect, for those who have not read this.
final class WriteOperations {
  static final Parameter CALLER =
      Parameter.header("MSCRMCallerID", "The systemuser on whose behalf.");
  static final Parameter CLIENT =
      Parameter.header(
          "Rowstream-Client-Id", "Which tab or process this is; comes back in every frame.");
  static final Parameter COMMAND_ID =
      Parameter.header("Rowstream-Command-Id", "Names this attempt, in frames and histories.");

  private static final String RECORD = "/api/data/v9.2/{set}({id})";
  private static final Parameter SET = Parameter.path("set", "The name of an entity set.");
  private static final Parameter ID = Parameter.path("id", "Of the record.");
  private static final Parameter KEY =
      Parameter.header(
          WriteRequest.IDEMPOTENCY_KEY,
          "Makes a write repeatable: within seven days the same key gets the first outcome.");
  private static final Parameter PREFER =
      Parameter.header(
          "Prefer",
          "`rowstream.merge`: a stale change is applied if it touches nothing changed since;"
              + " `rowstream.overwrite`: whatever it overwrites, and marked as forced.");
  private static final Parameter IF_MATCH =
      Parameter.header("If-Match", "`W/\"n\"`: only if the record is at version n.");
  private static final Content RESTORE =
      Content.json(
          Schema.object(
              "Which state to go back to, also after a delete.",
              Map.of("version", Schema.whole("The version whose state it was."))));
  private static final Answer WRITTEN =
      new Answer(
          "Durable.",
          List.of(
              Parameter.header("ETag", "The record's version now."),
              Parameter.header("OData-EntityId", "Where the record is."),
              Parameter.header("Rowstream-Position", "Of the write in the log."),
              COMMAND_ID),
          null);

  private WriteOperations() {}

  static List<Operation> all() {
    return Stream.concat(
            Stream.of(
                write("POST", "/api/data/v9.2/{set}", "Create a record").with(record()),
                write("PATCH", RECORD, "Update a record, or create it")
                    .with(ID, IF_MATCH, PREFER)
                    .with(record()),
                write("DELETE", RECORD, "Delete a record; its history stays")
                    .with(ID, IF_MATCH, PREFER),
                write("POST", RECORD + "/rowstream.restore", "Make a record what it was")
                    .with(ID, IF_MATCH, PREFER)
                    .with(RESTORE)),
            ImportOperations.all().stream())
        .toList();
  }

  private static Operation write(String method, String path, String summary) {
    return Operation.of(method, path, summary, "As in the Dataverse Web API, and with these:")
        .with(SET, CALLER, CLIENT, KEY)
        .with(204, WRITTEN);
  }

  private static Content record() {
    return Content.json(Schema.any("Attributes by name, as `$metadata` has them."));
  }
}
