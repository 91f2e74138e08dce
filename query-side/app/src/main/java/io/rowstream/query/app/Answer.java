package io.rowstream.query.app;

import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.error.ODataError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is answered to a request. For one thread.
final class Answer {
  private static final String JSON = "application/json; odata.metadata=minimal";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final byte[] NONE = {};

  private final int status;
  private final @Nullable String contentType;
  private final byte[] body;
  private final List<String> headers = new ArrayList<>(4);

  private Answer(int status, @Nullable String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  static Answer json(byte[] body) {
    return new Answer(200, JSON, body);
  }

  static Answer xml(byte[] body) {
    return new Answer(200, "application/xml", body);
  }

  static Answer text(String body) {
    return new Answer(200, TEXT, body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, null, NONE);
  }

  static Answer of(ODataError error) {
    var answer = new Answer(error.status(), JSON, error.body());
    error
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.with("Retry-After", Integer.toString(seconds)));
    return answer;
  }

  static Answer notAllowed() {
    return of(ODataError.of(405, ErrorCode.BAD_QUERY, "The method is not supported here."))
        .with("Allow", "GET, HEAD, POST, PATCH, PUT, DELETE");
  }

  Answer with(String header, String value) {
    headers.add(header);
    headers.add(value);
    return this;
  }

  int status() {
    return status;
  }

  /// Null when there is no body.
  @Nullable String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  /// Names and values in turn.
  List<String> headers() {
    return headers;
  }
}
