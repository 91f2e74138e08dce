package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The values of parameter aliases, as they were written: `@p1` of `$filter=name eq @p1&@p1='x'`.
/// For one thread.
final class Aliases {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  /// Whether a query option gives an alias its value.
  static boolean isAlias(String option) {
    return option.startsWith("@") && Lexer.isPlainName(option.substring(1));
  }

  void put(String alias, String value) {
    values.put(alias, value);
  }

  /// Stands on what an alias stands for, in which there are no other aliases.
  ///
  /// @throws BadRequest if it has no value
  Lexer lexer(String alias) {
    String value = values.get(alias);
    if (value == null) {
      throw BadRequest.query("The parameter alias " + Quoted.of(alias) + " has no value.");
    }
    used.add(alias);
    return new Lexer(value);
  }

  /// @throws BadRequest if an alias has a value that was not asked for
  void requireUsed() {
    for (String alias : values.keySet()) {
      if (!used.contains(alias)) {
        throw BadRequest.query("The parameter alias " + Quoted.of(alias) + " is not used.");
      }
    }
  }
}
