package io.rowstream.odata.url;

import org.jspecify.annotations.Nullable;

/// Where one text is looked for in another.
public enum TextFunction {
  CONTAINS("contains"),
  STARTS_WITH("startswith"),
  ENDS_WITH("endswith");

  private final String text;

  TextFunction(String text) {
    this.text = text;
  }

  /// As it stands in a query.
  public String text() {
    return text;
  }

  static @Nullable TextFunction named(String text) {
    return switch (text) {
      case "contains" -> CONTAINS;
      case "startswith" -> STARTS_WITH;
      case "endswith" -> ENDS_WITH;
      default -> null;
    };
  }
}
