package io.rowstream.odata.url;

import org.jspecify.annotations.Nullable;

/// How two values are compared.
public enum Comparator {
  EQ("eq"),
  NE("ne"),
  GT("gt"),
  GE("ge"),
  LT("lt"),
  LE("le");

  private final String text;

  Comparator(String text) {
    this.text = text;
  }

  /// As it stands in a query.
  public String text() {
    return text;
  }

  /// The comparator that says the same with both sides exchanged.
  public Comparator mirrored() {
    return switch (this) {
      case EQ, NE -> this;
      case GT -> LT;
      case GE -> LE;
      case LT -> GT;
      case LE -> GE;
    };
  }

  static @Nullable Comparator named(String text) {
    return switch (text) {
      case "eq" -> EQ;
      case "ne" -> NE;
      case "gt" -> GT;
      case "ge" -> GE;
      case "lt" -> LT;
      case "le" -> LE;
      default -> null;
    };
  }
}
