package io.rowstream.odata.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one request of a batch.
///
/// @param headers of the answer; their values hold no line break
/// @param body empty for none
/// @param contentId that of the request; null when it had none
public record PartResponse(
    int status, List<Header> headers, byte[] body, @Nullable String contentId) {

  public PartResponse {
    headers = List.copyOf(headers);
  }
}
