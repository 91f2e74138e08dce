package io.rowstream.command.app;

import io.rowstream.command.app.InProcess.UnansweredException;
import io.rowstream.command.app.Representations.UnreadRepresentationException;
import io.rowstream.eventlog.LogUnreadableException;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;

/// Answers to writes that were carried out. Thread-safe.
record WriteAnswers(EntitySetColumns sets, Representations representations) {
  private static final Logger log = LoggerFactory.getLogger(WriteAnswers.class);

  /// @param written what the command did to the record the request means
  Answer of(WriteRequest request, RecordResult written, CommandResult result) {
    return of(request, written, result, request.preferences().returnRepresentation());
  }

  /// @param representation whether the record is to be in the answer; it is left out when it cannot
  ///   be read, as what is written must not be answered with an error
  Answer of(
      WriteRequest request, RecordResult written, CommandResult result, boolean representation) {
    String position = Long.toString(result.position());
    if (endsRecord(request)) {
      return started(204, position, result).with("ETag", ETag.of(written.rowVersion()));
    }
    if (representation) {
      try {
        var read = representations.of(request, written, result.position());
        return started(written.created() ? 201 : 200, position, result)
            .with("ETag", read.etag())
            .with("Preference-Applied", "return=representation")
            .with(read.body());
      } catch (LogUnreadableException
          | UnreadRepresentationException
          | UnansweredException
          | BadRequest e) {
        log.warn("A record was written and could not be read for the answer", e);
      }
    }
    String set = sets.columns(written.record().entityType()).entityType().setName();
    return started(204, position, result)
        .with("ETag", ETag.of(written.rowVersion()))
        .with("OData-EntityId", request.root().ofRecord(set, written.record().id()));
  }

  private static Answer started(int status, String position, CommandResult result) {
    return Answer.of(status)
        .with("Rowstream-Position", position)
        .with("Rowstream-Command-Id", result.commandId());
  }

  private static boolean endsRecord(WriteRequest request) {
    return request.method().equals(HttpMethod.DELETE) && request.path() instanceof SingleRecord;
  }
}
