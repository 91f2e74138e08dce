package io.rowstream.query.push;

import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Operation.Parameter;
import io.rowstream.odata.openapi.Schema;
import java.util.List;
import java.util.Map;

/// What `GET /api/changes` is, for those who have not read this.
final class ChangesOperation {

  private ChangesOperation() {}

  static Operation get() {
    var operation =
        Operation.of(
                "GET",
                LongPoll.PATH,
                "The changes to records, in answers that end",
                """
                The frames of `/api/watch`, for clients that cannot hold a stream. The answer comes \
                with the first frames there are, or with none when the wait is over; either way the \
                next request goes on at its `cursor`, and gets every frame once. A cursor of either \
                route leads on in the other.\
                """)
            .with(
                200,
                new Answer(
                    "What there was to tell, a bounded number of frames at once.",
                    List.of(),
                    Content.json(frames())))
            .with(
                410,
                new Answer(
                    "The cursor leads nowhere any more; the last frame is `reset`, and the cursor is"
                        + " empty.",
                    List.of(),
                    Content.json(frames())))
            .with(Parameter.header("Last-Event-ID", "As `cursor`, and before it."));
    for (var parameter : LongPoll.PARAMETERS.entrySet()) {
      operation = operation.with(Parameter.query(parameter.getKey(), parameter.getValue()));
    }
    return operation;
  }

  private static Schema frames() {
    return Schema.object(
        "Frames, and where the next request goes on.",
        Map.of(
            "frames",
            Schema.list(
                "In the order of the log.",
                Schema.object(
                    "One frame.",
                    Map.of(
                        "event", Schema.text("What it is: `change`, `snapshot`, `reset` …"),
                        "id", Schema.text("Its cursor."),
                        "data", WatchOperation.frame()))),
            "cursor",
            Schema.text("For the next request.")));
  }
}
