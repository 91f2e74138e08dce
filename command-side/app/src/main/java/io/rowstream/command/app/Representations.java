package io.rowstream.command.app;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.json.RecordImage;
import io.rowstream.odata.json.RecordJson;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/// Records as answers to the writes that made them what they are. Thread-safe.
///
/// What the record alone says comes from the log, at the version that was written. What leads to
/// others, `$expand` and the names of records it refers to, is read the way a client would.
record Representations(EntitySetColumns sets, RecordLog recordLog, InProcess inProcess) {
  private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

  /// @param etag of the version the body shows, which is a later one if somebody else has written
  ///   before its related records were read
  record Representation(String etag, byte[] body) {}

  /// @param position of the write
  Representation of(WriteRequest request, RecordResult written, long position) {
    return leadsToOthers(request)
        ? read(request, written, position)
        : new Representation(ETag.of(written.rowVersion()), body(request, written));
  }

  private static boolean leadsToOthers(WriteRequest request) {
    return !request.options().expand().isEmpty()
        || request.preferences().annotations().includes(Annotations.FORMATTED_VALUE);
  }

  private Representation read(WriteRequest request, RecordResult written, long position) {
    var headers = new HttpHeaders();
    request.http().getHeaders().getOrEmpty("Prefer").forEach(value -> headers.add("Prefer", value));
    headers.set("Rowstream-Min-Position", Long.toString(position));
    if (request.caller() != null) {
      headers.set("MSCRMCallerID", request.caller());
    }
    var read =
        new InProcessRequest(
            request.http(),
            HttpMethod.GET,
            uri(request, written),
            headers,
            Answering.NO_BODY,
            new ContentReferences());
    Answer answer = inProcess.send(read, BODY_BYTES_MAX);
    if (answer.status() != 200) {
      throw new UnreadRepresentationException(answer.status());
    }
    return new Representation(Objects.requireNonNull(answer.headers().get("ETag")), answer.body());
  }

  private URI uri(WriteRequest request, RecordResult written) {
    String set = sets.columns(written.record().entityType()).entityType().setName();
    // Where the query names a related record it has no other options.
    String asked =
        request.relatedId() == null
            ? Objects.requireNonNullElse(request.http().getURI().getRawQuery(), "")
            : "";
    // Only a record by itself can be read as it was.
    String query =
        request.options().expand().isEmpty()
            ? (asked.isEmpty() ? "" : asked + "&") + "rowstream.version=" + written.rowVersion()
            : asked;
    return URI.create(request.root().ofRecord(set, written.record().id()) + "?" + query);
  }

  private byte[] body(WriteRequest request, RecordResult written) {
    Columns columns = sets.columns(written.record().entityType());
    var select = columns.select(request.options().select());
    var json = new RecordJson(select, request.preferences().annotations());
    String context =
        request
            .root()
            .contextOfRecord(
                columns.entityType().setName(),
                request.options().select().isEmpty() ? List.of() : select);
    return json.body(context, image(written));
  }

  private RecordImage image(RecordResult written) {
    RecordState state =
        recordLog
            .stateAsOfVersion(written.record(), written.rowVersion())
            .orElseThrow(() -> new IllegalStateException("a durable version is not in the log"));
    return new RecordImage(
        state.record(),
        state.version(),
        state.values(),
        state.createdOn(),
        state.createdBy(),
        state.modifiedOn(),
        state.modifiedBy());
  }

  /// What was written could not be read together with what it leads to.
  static final class UnreadRepresentationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadRepresentationException(int status) {
      super("the read was answered with " + status, null, false, false);
    }
  }
}
