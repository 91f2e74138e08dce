package io.rowstream.odata.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request of a batch, as it stands there.
///
/// @param method one of [Batch#METHODS]
/// @param url absolute, rooted, relative to the service root, or starting with a reference such as
///   `$1`; not decoded, each character one octet
/// @param headers those of the request; none of the part around it
/// @param contentId by which later requests refer to what this one writes; null when it has none
public record PartRequest(
    String method, String url, List<Header> headers, byte[] body, @Nullable String contentId) {

  public PartRequest {
    headers = List.copyOf(headers);
  }

  /// The value of the first header of this name; null if there is none.
  public @Nullable String header(String name) {
    return Header.first(headers, name);
  }

  /// Whether it changes nothing.
  public boolean isRead() {
    return Batch.READS.contains(method);
  }
}
