package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The options of a query by name, decoded and not yet understood, within the bounds of
/// [QueryOptions].
final class RawOptions {

  private RawOptions() {}

  /// @param raw as it came over the wire; null or empty when the URL has no query
  static SequencedMap<String, String> parse(@Nullable String raw) {
    var options = new LinkedHashMap<String, String>();
    if (raw == null || raw.isEmpty()) {
      return options;
    }
    if (raw.length() > QueryOptions.LENGTH_MAX) {
      throw BadRequest.query(
          "The query is longer than " + QueryOptions.LENGTH_MAX + " characters.");
    }
    for (String option : raw.split("&", -1)) {
      if (option.isEmpty()) {
        continue;
      }
      int equals = option.indexOf('=');
      String name = PercentText.query(equals < 0 ? option : option.substring(0, equals));
      String value = equals < 0 ? "" : PercentText.query(option.substring(equals + 1));
      if (options.put(name, value) != null) {
        throw BadRequest.query("Query option " + Quoted.of(name) + " is given twice.");
      }
      if (options.size() > QueryOptions.OPTIONS_MAX) {
        throw BadRequest.query("There are more than " + QueryOptions.OPTIONS_MAX + " options.");
      }
    }
    return options;
  }

  static BadRequest unsupported(String name) {
    return BadRequest.query("Query option " + Quoted.of(name) + " is not supported.");
  }
}
