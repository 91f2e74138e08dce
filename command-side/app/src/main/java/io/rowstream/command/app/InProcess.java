package io.rowstream.command.app;

import io.rowstream.odata.BadRequest;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;

/// Sends requests to whatever answers HTTP in this process, as if they had come alone. Blocks;
/// meant for virtual threads. Thread-safe.
record InProcess(ObjectProvider<HttpHandler> handler) {

  /// How long one request may take. Each kind of request has shorter bounds of its own.
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(90);

  /// @param bodyBytesMax the most of an answer's body that is kept
  /// @throws BadRequest if the answer is larger
  Answer send(InProcessRequest request, int bodyBytesMax) {
    var response = new InProcessResponse(bodyBytesMax);
    handler
        .getObject()
        .handle(request, response)
        .timeout(ANSWER_TIME_MAX, Mono.error(UnansweredException::new))
        .block();
    if (response.isTooLarge()) {
      throw BadRequest.query("The answer to the batch would be too large; ask for less in one.");
    }
    return response.answer();
  }

  /// A request was not answered in time; whether it was carried out is not known.
  static final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnansweredException() {
      super("no answer within " + ANSWER_TIME_MAX, null, false, false);
    }
  }
}
