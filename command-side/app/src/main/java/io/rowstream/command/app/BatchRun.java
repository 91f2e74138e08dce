package io.rowstream.command.app;

import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.batch.Batch;
import io.rowstream.odata.batch.Batch.Step;
import io.rowstream.odata.batch.BatchResponse;
import io.rowstream.odata.batch.Header;
import io.rowstream.odata.batch.PartRequest;
import io.rowstream.odata.header.Preferences;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// One batch being carried out, step by step. Not thread-safe.
final class BatchRun {
  private static final String POSITION = "Rowstream-Position";
  private static final String MIN_POSITION = "Rowstream-Min-Position";
  private static final int KEY_LENGTH_MAX = CommandHeader.ID_OF_MANY_LENGTH_MAX;

  private final BatchWrites writes;
  private final BatchParts parts;
  private final BatchResponse response;
  private final ContentReferences references = new ContentReferences();
  private final boolean continueOnError;
  private final @Nullable String key;
  private long position;

  BatchRun(BatchWrites writes, BatchParts parts) {
    this.writes = writes;
    this.parts = parts;
    this.response = new BatchResponse(writes.ids());
    HttpHeaders headers = parts.batch().getHeaders();
    continueOnError = Preferences.parse(headers.getOrEmpty("Prefer")).continueOnError();
    key = WriteRequest.id(headers, WriteRequest.IDEMPOTENCY_KEY);
    if (key != null && key.length() > KEY_LENGTH_MAX) {
      throw BadRequest.query(
          "The Idempotency-Key of a batch has at most " + KEY_LENGTH_MAX + " characters.");
    }
  }

  Answer carryOut(Batch batch) {
    Answer failed = null;
    List<Step> steps = batch.steps();
    for (int i = 0; i < steps.size() && (failed == null || continueOnError); i++) {
      String stepKey = key == null ? null : key + "/" + (i + 1);
      failed =
          switch (steps.get(i)) {
            case Step.Single(PartRequest part) -> single(part, stepKey);
            case Step.ChangeSet(List<PartRequest> members) -> changeSet(members, stepKey);
          };
    }
    Answer answer =
        Answer.of(failed == null || continueOnError ? 200 : failed.status())
            .with(HttpHeaders.CONTENT_TYPE, response.contentType());
    if (continueOnError) {
      answer.with("Preference-Applied", "odata.continue-on-error");
    } else if (failed != null && failed.headers().containsKey(HttpHeaders.RETRY_AFTER)) {
      answer.with(HttpHeaders.RETRY_AFTER, failed.headers().get(HttpHeaders.RETRY_AFTER));
    }
    return answer.with(response.close());
  }

  /// @return the answer if the request failed; null if it did not
  private @Nullable Answer single(PartRequest part, @Nullable String stepKey) {
    Answer answer;
    try {
      int left = left();
      var request = parts.request(part, references, headers(part, stepKey));
      answer = writes.inProcess().send(request, part.isRead() ? left : Integer.MAX_VALUE);
      if (!part.isRead()) {
        position = Math.max(position, position(answer));
      }
    } catch (RuntimeException failure) {
      answer = writes.failures().answer(failure);
    }
    response.add(BatchParts.response(answer, part.contentId()));
    return answer.status() >= 400 ? answer : null;
  }

  /// What makes a write repeatable, and a read see what was written before it.
  private List<Header> headers(PartRequest part, @Nullable String stepKey) {
    if (part.isRead()) {
      return position == 0 || parts.batch().getHeaders().containsHeader(MIN_POSITION)
          ? List.of()
          : List.of(new Header(MIN_POSITION, Long.toString(position)));
    }
    return stepKey == null ? List.of() : List.of(new Header(WriteRequest.IDEMPOTENCY_KEY, stepKey));
  }

  private static long position(Answer answer) {
    String written = answer.headers().get(POSITION);
    return written == null ? 0 : Long.parseLong(written);
  }

  private @Nullable Answer changeSet(List<PartRequest> members, @Nullable String stepKey) {
    var run = new ChangeSetRun(writes.records(), parts, members, references);
    try {
      int left = left();
      CommandResult result = run.carryOut(stepKey);
      position = Math.max(position, result.position());
      response.addChangeSet(run.answers(result, left));
      return null;
    } catch (RuntimeException failure) {
      Answer answer = writes.failures().answer(failure);
      response.add(BatchParts.response(answer, run.failed(failure)));
      return answer;
    }
  }

  /// What bodies may still take; nothing is carried out whose answer would find no place.
  private int left() {
    int left = writes.answerBytesMax() - response.size();
    if (left <= 0) {
      throw BadRequest.query("The answer to the batch is too large already; nothing was done.");
    }
    return left;
  }
}
