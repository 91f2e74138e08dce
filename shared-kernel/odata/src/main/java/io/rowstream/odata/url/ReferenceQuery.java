package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The query `?$id=…` of a DELETE, which names the related record that a collection shall lose.
public final class ReferenceQuery {
  private static final String ID = "$id";

  private ReferenceQuery() {}

  /// @param raw as it came over the wire
  /// @return null if the query does not name a record
  /// @throws BadRequest if it names one and asks for something else, too
  public static @Nullable String id(@Nullable String raw) {
    SequencedMap<String, String> options = RawOptions.parse(raw);
    String id = options.remove(ID);
    if (id != null && !options.isEmpty()) {
      throw RawOptions.unsupported(options.firstEntry().getKey());
    }
    return id;
  }
}
