package io.rowstream.command.app;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered to a request.
///
/// @param body empty for none
record Answer(int status, Map<String, String> headers, byte[] body) {

  /// The content type of a body whose headers name none.
  static final String JSON = "application/json; odata.metadata=minimal";

  static Answer of(int status) {
    return new Answer(status, new LinkedHashMap<>(), new byte[0]);
  }

  Answer with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  Answer with(byte[] json) {
    return new Answer(status, headers, json);
  }
}
