package io.rowstream.query.app;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.Parameter;
import io.rowstream.odata.openapi.Schema;
import java.util.List;

/// What reads understand beyond Dataverse's dialect, for those who have not read this.
final class ReadOperations {
  private static final String RECORD = "/api/data/v9.2/{set}({id})";
  private static final Parameter SET = Parameter.path("set", "The name of an entity set.");
  private static final Parameter ID = Parameter.path("id", "Of the record.");
  private static final Parameter CALLER =
      Parameter.header(Callers.HEADER, "The systemuser on whose behalf.");

  private ReadOperations() {}

  static List<Operation> all() {
    return List.of(record(), records(), history(), difference());
  }

  private static Operation record() {
    return Operation.of(
            "GET",
            RECORD,
            "A record, current or as it was",
            "Always current. `Prefer: odata.include-annotations=\"rowstream.precise\"` gives times"
                + " in full precision beside those of whole seconds.")
        .with(
            SET,
            ID,
            CALLER,
            Parameter.query("rowstream.version", "The version to read it at."),
            Parameter.query("rowstream.at", "The time to read it at: `2026-11-21T10:00:00Z`."))
        .with(200, json("The record, with its version as `@odata.etag`."));
  }

  private static Operation records() {
    return Operation.of(
            "GET",
            "/api/data/v9.2/{set}",
            "Records, filtered, ordered, by the page",
            "A projection: it says how far it is.")
        .with(
            SET,
            CALLER,
            Parameter.header(
                ReadRequest.MIN_POSITION,
                "A position the answer is to include; 503 if it does not in time."))
        .with(
            200,
            new Answer(
                "The records.",
                List.of(
                    Parameter.header(
                        RecordLists.POSITION, "The position of the log the answer includes.")),
                Content.json(Schema.any("OData JSON."))));
  }

  private static Operation history() {
    return Operation.of(
            "GET",
            RECORD + "/rowstream.history",
            "Every change of a record",
            "Who, when, from what, to what, by which command, merged or forced. Takes `$top`,"
                + " `$orderby=rowVersion desc` and `$skiptoken`.")
        .with(SET, ID, CALLER)
        .with(200, json("The changes."));
  }

  private static Operation difference() {
    return Operation.of(
            "GET",
            RECORD + "/rowstream.difference",
            "What differs between two versions of a record",
            "Each attribute before and after, and who changed it last.")
        .with(
            SET,
            ID,
            CALLER,
            Parameter.query("from", "The version before."),
            Parameter.query("to", "The version after; the last one if it is left out."))
        .with(200, json("What differs."));
  }

  private static Answer json(String description) {
    return new Answer(description, List.of(), Content.json(Schema.any("OData JSON.")));
  }
}
