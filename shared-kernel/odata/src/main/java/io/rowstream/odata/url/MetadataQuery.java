package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query of a URL under `EntityDefinitions`, and of each `$expand` inside it.
///
/// @param select the properties asked for; empty for all
public record MetadataQuery(List<String> select, @Nullable Filter filter, List<Expansion> expand) {

  /// The most navigation properties expanded in one place, as Dataverse has it.
  public static final int EXPAND_MAX = 15;

  /// How deep `$expand` may nest.
  public static final int DEPTH_MAX = 3;

  /// No query at all.
  public static final MetadataQuery NONE = new MetadataQuery(List.of(), null, List.of());

  /// `Attributes($select=LogicalName)`
  public record Expansion(String navigation, MetadataQuery query) {}

  public MetadataQuery {
    select = List.copyOf(select);
    expand = List.copyOf(expand);
  }

  /// Reads a query as it came over the wire, without the question mark.
  ///
  /// @param raw null or empty when the URL has none
  /// @throws BadRequest if it is malformed, too long, or asks for what is not supported
  public static MetadataQuery parse(@Nullable String raw) {
    return of(RawOptions.parse(raw), 0);
  }

  /// Whether the query of `$metadata` asks for annotations, its only option.
  ///
  /// @throws BadRequest if it asks for anything else
  public static boolean annotations(@Nullable String raw) {
    boolean annotations = false;
    for (Map.Entry<String, String> option : RawOptions.parse(raw).entrySet()) {
      if (!option.getKey().equals("annotations")) {
        throw RawOptions.unsupported(option.getKey());
      }
      annotations =
          switch (option.getValue()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw BadRequest.query(
                    "annotations is true or false, not " + Quoted.of(option.getValue()) + ".");
          };
    }
    return annotations;
  }

  private static MetadataQuery of(Map<String, String> options, int depth) {
    List<String> select = List.of();
    Filter filter = null;
    List<Expansion> expand = List.of();
    for (Map.Entry<String, String> option : options.entrySet()) {
      switch (option.getKey()) {
        case "$select" -> select = QueryParser.select(option.getValue());
        case "$filter" -> filter = Filter.parse(option.getValue());
        case "$expand" -> expand = expand(option.getValue(), depth + 1);
        default -> throw RawOptions.unsupported(option.getKey());
      }
    }
    return new MetadataQuery(select, filter, expand);
  }

  private static List<Expansion> expand(String text, int depth) {
    if (depth > DEPTH_MAX) {
      throw BadRequest.query("$expand nests deeper than " + DEPTH_MAX + ".");
    }
    var parts = TopLevel.split(text, ',');
    if (parts.size() > EXPAND_MAX) {
      throw BadRequest.query("$expand has more than " + EXPAND_MAX + " properties.");
    }
    var found = new ArrayList<Expansion>(parts.size());
    for (String part : parts) {
      Expansion expansion = expansion(part.strip(), depth);
      if (found.stream().anyMatch(known -> known.navigation.equals(expansion.navigation))) {
        throw BadRequest.query("$expand names " + Quoted.of(expansion.navigation) + " twice.");
      }
      found.add(expansion);
    }
    return found;
  }

  private static Expansion expansion(String text, int depth) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    if (!Lexer.isPlainName(name) || (open >= 0 && !text.endsWith(")"))) {
      throw BadRequest.query("$expand does not understand " + Quoted.of(text) + ".");
    }
    var options = new LinkedHashMap<String, String>();
    if (open >= 0) {
      for (String option : TopLevel.split(text.substring(open + 1, text.length() - 1), ';')) {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        if (equals < 0 || options.put(key.strip(), option.substring(equals + 1)) != null) {
          throw BadRequest.query("$expand does not understand " + Quoted.of(option) + ".");
        }
      }
    }
    return new Expansion(name, of(options, depth));
  }
}
