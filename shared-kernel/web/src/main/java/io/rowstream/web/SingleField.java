package io.rowstream.web;

import io.rowstream.odata.BadRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// A header field that says one thing. Which of two would count, a gateway and we might see
/// differently.
public final class SingleField {

  private SingleField() {}

  /// @return null if the field is not there
  /// @throws BadRequest if it is there more than once
  public static @Nullable String of(HttpHeaders headers, String name) {
    List<String> values = headers.getOrEmpty(name);
    if (values.size() > 1) {
      throw BadRequest.query(name + " is given more than once.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
