package io.rowstream.odata.header;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the `Prefer` headers of a request ask for. Preferences nobody here knows are ignored, as
/// their RFC demands; the first of several of one name counts.
///
/// @param returnRepresentation whether a write is answered with the record
/// @param maxPageSize records on one page, 1 to [#PAGE_SIZE_MAX]; null when not said
/// @param merge `rowstream.merge`: apply a stale change that touches nothing changed since
/// @param overwrite `rowstream.overwrite`: apply a stale change whatever it overwrites
public record Preferences(
    boolean returnRepresentation,
    Annotations annotations,
    @Nullable Integer maxPageSize,
    boolean merge,
    boolean overwrite,
    boolean trackChanges,
    boolean continueOnError) {

  /// The most records on one page, and how many there are when nothing else is said.
  public static final int PAGE_SIZE_MAX = 5_000;

  /// The longest all `Prefer` headers of a request may be together, in characters.
  public static final int LENGTH_MAX = 8 * 1024;

  /// No preferences.
  public static final Preferences NONE =
      new Preferences(false, Annotations.NONE, null, false, false, false, false);

  /// Reads the `Prefer` headers of a request, one value for each header line.
  ///
  /// @throws BadRequest if they are malformed, too long or contradict each other
  public static Preferences parse(List<String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    Map<String, String> given = PreferenceParser.parse(values);
    boolean merge = isSet(given, "rowstream.merge");
    boolean overwrite = isSet(given, "rowstream.overwrite");
    if (merge && overwrite) {
      throw BadRequest.query("Prefer asks for rowstream.merge and rowstream.overwrite at once.");
    }
    String annotations = odata(given, "include-annotations");
    String pageSize = odata(given, "maxpagesize");
    return new Preferences(
        "representation".equals(given.get("return")),
        annotations == null ? Annotations.NONE : Annotations.parse(annotations),
        pageSize == null ? null : pageSize(pageSize),
        merge,
        overwrite,
        isTrue(odata(given, "track-changes")),
        isTrue(odata(given, "continue-on-error")));
  }

  /// Records on one page.
  public int pageSize() {
    return maxPageSize == null ? PAGE_SIZE_MAX : maxPageSize;
  }

  /// OData 4.01 writes its preferences without the `odata.` of 4.0.
  private static @Nullable String odata(Map<String, String> given, String name) {
    String value = given.get("odata." + name);
    return value == null ? given.get(name) : value;
  }

  private static boolean isSet(Map<String, String> given, String name) {
    return isTrue(given.get(name));
  }

  private static boolean isTrue(@Nullable String value) {
    return value != null && !value.equals("false");
  }

  private static int pageSize(String value) {
    int size = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw notAPageSize(value);
      }
      size = Math.min(size * 10 + digit, PAGE_SIZE_MAX);
    }
    if (size == 0) {
      throw notAPageSize(value);
    }
    return size;
  }

  private static BadRequest notAPageSize(String value) {
    return BadRequest.query(
        "odata.maxpagesize is a number from 1 on, not " + Quoted.of(value) + ".");
  }
}
