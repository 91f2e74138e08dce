package io.rowstream.odata.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One header line of a part, its value without blanks around it.
public record Header(String name, String value) {

  /// The value of the first header of this name, in whatever case it is written.
  ///
  /// @return null if there is none
  public static @Nullable String first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }
}
