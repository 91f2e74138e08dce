package io.rowstream.standalone.wire;

import io.rowstream.standalone.RunningService;

/// The service as one who writes octets to its port meets it.
final class WireService extends RunningService {

  WireService(String... settings) {
    super(settings);
  }

  /// Sends octets over a connection of their own and reads the one answer.
  WireAnswer answer(byte[] request) {
    try (var connection = new WireConnection(port())) {
      connection.send(request);
      return connection.read(WireRequest.isHead(request));
    }
  }
}
