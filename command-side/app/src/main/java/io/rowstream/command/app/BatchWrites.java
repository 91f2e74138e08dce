package io.rowstream.command.app;

import io.rowstream.odata.batch.Batch;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Carries out batches. Blocks; meant for virtual threads. Thread-safe.
///
/// @param ids make boundaries unique
/// @param answerBytesMax the answer to a batch: beyond it no further request is carried out
record BatchWrites(
    RecordWrites records,
    EntitySetColumns sets,
    InProcess inProcess,
    Failures failures,
    Supplier<UUID> ids,
    int answerBytesMax) {

  Answer answer(ServerHttpRequest http, byte[] body) {
    var batch = Batch.parse(http.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE), body);
    return new BatchRun(this, new BatchParts(http, sets)).carryOut(batch);
  }
}
