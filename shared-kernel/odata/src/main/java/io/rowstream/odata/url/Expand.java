package io.rowstream.odata.url;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One navigation property in `$expand`, as it was written: its names are not yet checked.
///
/// @param select the properties asked for; empty for all
/// @param top the most records wanted of a collection; null when not said
/// @param nested what is expanded of the related records
public record Expand(
    String property,
    List<String> select,
    @Nullable Filter filter,
    List<SortKey> orderBy,
    @Nullable Integer top,
    List<Expand> nested) {

  /// The most navigation properties in one query, on all levels together.
  public static final int PROPERTIES_MAX = 15;

  /// How deep `$expand` may nest.
  public static final int DEPTH_MAX = 3;

  public Expand {
    select = List.copyOf(select);
    orderBy = List.copyOf(orderBy);
    nested = List.copyOf(nested);
  }

  /// The query, percent-encoded, that asks for the related records by themselves.
  public String query() {
    return options().entrySet().stream()
        .map(option ->
            option.getKey() + "=" + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    put(options, "$select", select, name -> name);
    if (filter != null) {
      options.put("$filter", filter.text());
    }
    put(options, "$orderby", orderBy, SortKey::text);
    put(options, "$expand", nested, Expand::text);
    return options;
  }

  private static <T> void put(
      Map<String, String> options, String name, List<T> values, Function<T, String> text) {
    if (!values.isEmpty()) {
      options.put(name, values.stream().map(text).collect(Collectors.joining(",")));
    }
  }

  private String text() {
    var options = options();
    if (top != null) {
      options.put("$top", top.toString());
    }
    return options.isEmpty()
        ? property
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(";", property + "(", ")"));
  }

  /// Reads a decoded `$expand`.
  ///
  /// @throws io.rowstream.odata.BadRequest if it is malformed or too large
  static List<Expand> parse(String text, Aliases aliases) {
    return new ExpandParser(aliases).parse(text, 1);
  }
}
