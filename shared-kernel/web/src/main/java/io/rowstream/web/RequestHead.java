package io.rowstream.web;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/// What a request must say before its body, so that it can be understood in one way only: a target
/// that is a URI, one host, HTTP/1.x, and an end of the body that is known.
final class RequestHead {
  private static final DecoderResult MALFORMED = DecoderResult.failure(new MalformedException());
  private static final DecoderResult TARGET_TOO_LONG =
      DecoderResult.failure(new TooLongHttpLineException());

  private RequestHead() {}

  /// Puts the target into a form every URI parser takes, or marks the request as one that could not
  /// be read: Netty's server refuses it then.
  static void understand(HttpRequest request) {
    if (request.uri().length() > HttpBounds.TARGET_OCTETS_MAX) {
      request.setDecoderResult(TARGET_TOO_LONG);
      return;
    }
    RequestTarget target = RequestTarget.parse(request.uri());
    if (target == null) {
      request.setDecoderResult(MALFORMED);
      return;
    }
    request.setUri(target.uri());
    if (target.authority() != null) {
      request.headers().set(HttpHeaderNames.HOST, target.authority());
    }
    if (!hasHost(request) || !bodyHasAnEnd(request.headers())) {
      request.setDecoderResult(MALFORMED);
    }
  }

  private static boolean hasHost(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    return hosts.isEmpty()
        ? version.equals(HttpVersion.HTTP_1_0)
        : hosts.size() == 1
            && (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))
            && RequestTarget.isHost(hosts.getFirst());
  }

  private static boolean bodyHasAnEnd(HttpHeaders headers) {
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1
            && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst()));
  }

  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("the request can be understood in no way, or in two", null, false, false);
    }
  }
}
