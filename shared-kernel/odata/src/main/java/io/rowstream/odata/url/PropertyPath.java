package io.rowstream.odata.url;

import java.util.List;

/// A property by name, or through lookups: `name`, `primarycontactid/fullname`.
///
/// @param names 1 to [#NAMES_MAX]
public record PropertyPath(List<String> names) implements Operand {

  /// The most names: a variable, four lookups and the property at the end.
  public static final int NAMES_MAX = 6;

  public PropertyPath {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > NAMES_MAX) {
      throw new IllegalArgumentException("a path has 1 to " + NAMES_MAX + " names");
    }
  }

  public static PropertyPath of(String name) {
    return new PropertyPath(List.of(name));
  }

  @Override
  public String text() {
    return String.join("/", names);
  }
}
