package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import org.jspecify.annotations.Nullable;

/// Two versions of one record: `from=3&to=7`.
///
/// @param to not below `from`; null for the latest there is
public record VersionRange(long from, @Nullable Long to) {

  /// The most versions between the two.
  public static final int VERSIONS_MAX = 20_000;

  /// @param rawQuery as it came over the wire; null when the URL has none
  /// @throws BadRequest if it says anything else
  public static VersionRange parse(@Nullable String rawQuery) {
    var options = RawOptions.parse(rawQuery);
    String from = options.remove("from");
    String to = options.remove("to");
    if (!options.isEmpty()) {
      throw RawOptions.unsupported(options.firstEntry().getKey());
    }
    if (from == null) {
      throw BadRequest.query("A difference needs a version to begin with: from=3.");
    }
    var range = new VersionRange(version(from), to == null ? null : version(to));
    if (range.to != null && range.to < range.from) {
      throw BadRequest.query("A difference leads from a version to a later one.");
    }
    return range;
  }

  private static long version(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 18) {
      throw BadRequest.query("A version is a number from 0 on.");
    }
    return Long.parseLong(text);
  }
}
