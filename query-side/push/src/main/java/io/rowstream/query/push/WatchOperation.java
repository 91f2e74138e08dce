package io.rowstream.query.push;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.Parameter;
import io.rowstream.odata.openapi.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `GET /api/watch` is, for those who have not read this.
final class WatchOperation {
  private static final String EVENT = "text/event-stream";

  private WatchOperation() {}

  static Operation get() {
    var operation =
        Operation.of(
                "GET",
                EventStream.PATH,
                "The changes to records, as they are committed",
                """
                Server-sent events. The `id` of each is a cursor. `change` holds one command or change \
                set; `snapshot` a record as it is, up to `snapshot-end`; `bookmark` comes at least \
                every five seconds; `caught-up` and `fell-behind` say how the client keeps up; after \
                `reset` the stream ends and what the client holds is worth nothing. Others, and \
                members that are not described, may come and can be ignored.\
                """)
            .with(
                200,
                new Answer(
                    "A stream that does not end by itself.",
                    List.of(),
                    new Content(List.of(EVENT), frame())))
            .with(
                410,
                new Answer(
                    "The cursor leads nowhere any more; the frame is `reset`.",
                    List.of(),
                    new Content(List.of(EVENT), frame())))
            .with(Parameter.header("Last-Event-ID", "As `cursor`, and before it."));
    for (var parameter : new TreeMap<>(WatchRequest.PARAMETERS).entrySet()) {
      operation = operation.with(Parameter.query(parameter.getKey(), parameter.getValue()));
    }
    return operation;
  }

  /// What a frame tells, however it is delivered.
  static Schema frame() {
    return Schema.object(
        "The `data` of a frame.",
        Map.of(
            "position", Schema.whole("Of the last event of the unit; what is read up to."),
            "committedOn", Schema.text("When, in UTC."),
            "commandId", Schema.text("Which command it was."),
            "clientId", Schema.any("Which client sent it, if it said so."),
            "actor",
                Schema.object(
                    "On whose behalf.",
                    Map.of(
                        "id", Schema.text("Of the systemuser."),
                        "fullname", Schema.any("The name."))),
            "changes", Schema.list("To records.", change()),
            "reason",
                Schema.oneOf(
                    "Of a `reset`.",
                    Arrays.stream(ResetReason.values()).map(ResetReason::text).toList())));
  }

  private static Schema change() {
    return Schema.object(
        "What happened to one record.",
        Map.of(
            "entity", Schema.text("The logical name of its entity type."),
            "set", Schema.text("The name of the entity set."),
            "id", Schema.text("Of the record."),
            "rowVersion", Schema.whole("It is at since."),
            "operation", Schema.oneOf("What.", List.of("create", "update", "delete", "restore")),
            "attributes",
                Schema.any("By name of column: `{\"old\":…,\"new\":…}`; in a snapshot the value."),
            "merged", Schema.yesNo("Whether it was stale and touched nothing changed since."),
            "forced", Schema.yesNo("Whether it was applied whatever it overwrote.")));
  }
}
