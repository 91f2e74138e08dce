package io.rowstream.odata.url;

/// One side of a comparison.
public sealed interface Operand permits PropertyPath, Literal {

  /// As it stands in a query.
  String text();
}
