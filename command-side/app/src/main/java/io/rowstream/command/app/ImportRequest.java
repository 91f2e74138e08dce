package io.rowstream.command.app;

import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.Preferences;
import io.rowstream.web.SingleField;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/// What a request for an import asks for, beside the file.
///
/// @param key columns of the file whose values a record is known by
/// @param columns columns of the file and the properties they are; empty for all, as they are named
record ImportRequest(
    String setName,
    boolean csv,
    char separator,
    List<String> key,
    Map<String, String> columns,
    Expectation expected,
    @Nullable String caller,
    @Nullable String clientId) {
  static final String PATH = "/api/import/";
  static final String KEY = "key";
  static final String COLUMNS = "columns";
  static final String SEPARATOR = "separator";

  static final List<MediaType> JSON_LINES =
      List.of(
          MediaType.APPLICATION_NDJSON,
          MediaType.parseMediaType("application/jsonl"),
          MediaType.parseMediaType("application/x-jsonlines"));
  static final MediaType CSV = MediaType.parseMediaType("text/csv");

  /// The most columns `key` names.
  static final int KEY_COLUMNS_MAX = 16;

  /// @throws BadRequest or [UnsupportedMediaTypeStatusException] if a part is malformed
  static ImportRequest read(ServerHttpRequest request) {
    var parameters = request.getQueryParams();
    for (String name : parameters.keySet()) {
      if (!Set.of(KEY, COLUMNS, SEPARATOR).contains(name)) {
        throw BadRequest.query("The parameter " + Quoted.of(name) + " is not known here.");
      }
    }
    HttpHeaders headers = request.getHeaders();
    boolean csv = isCsv(headers);
    return new ImportRequest(
        request.getURI().getRawPath().substring(PATH.length()),
        csv,
        separator(one(parameters, SEPARATOR), csv),
        key(one(parameters, KEY)),
        columns(one(parameters, COLUMNS)),
        expected(headers),
        SingleField.of(headers, "MSCRMCallerID"),
        WriteRequest.id(headers, "Rowstream-Client-Id"));
  }

  private static boolean isCsv(HttpHeaders headers) {
    MediaType type = headers.getContentType();
    if (type != null
        && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8))) {
      if (type.equalsTypeAndSubtype(CSV)) {
        return true;
      }
      if (JSON_LINES.stream().anyMatch(type::equalsTypeAndSubtype)) {
        return false;
      }
    }
    throw new UnsupportedMediaTypeStatusException("text/csv or application/x-ndjson, in UTF-8");
  }

  private static @Nullable String one(MultiValueMap<String, String> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw BadRequest.query("The parameter " + name + " is given twice.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private static char separator(@Nullable String given, boolean csv) {
    if (given == null) {
      return ',';
    }
    return switch (given) {
      case "," -> ',';
      case ";" -> ';';
      case "|" -> '|';
      case "tab", "\t" -> '\t';
      default -> throw BadRequest.query("separator is one of , ; | and tab.");
    };
  }

  private static List<String> key(@Nullable String given) {
    if (given == null) {
      return List.of();
    }
    var names = new LinkedHashSet<String>();
    for (String name : given.split(",", -1)) {
      if (name.isBlank() || !names.add(name.strip()) || names.size() > KEY_COLUMNS_MAX) {
        throw BadRequest.query("key names 1 to 16 different columns of the file.");
      }
    }
    return List.copyOf(names);
  }

  private static Map<String, String> columns(@Nullable String given) {
    var columns = new LinkedHashMap<String, String>();
    for (String each : given == null ? new String[0] : given.split(",", -1)) {
      int colon = each.lastIndexOf(':');
      String name = (colon < 0 ? each : each.substring(0, colon)).strip();
      String property = colon < 0 ? name : each.substring(colon + 1).strip();
      if (name.isEmpty() || property.isEmpty() || columns.put(name, property) != null) {
        throw BadRequest.query(
            "columns names different columns of the file, each as name or name:property.");
      }
    }
    return columns;
  }

  private static Expectation expected(HttpHeaders headers) {
    var preferences = Preferences.parse(headers.getOrEmpty("Prefer"));
    if (preferences.merge()
        || headers.containsHeader(WriteRequest.IDEMPOTENCY_KEY)
        || !(Condition.ifMatch(headers.getOrEmpty(HttpHeaders.IF_MATCH)) instanceof Condition.None)
        || !(Condition.ifNoneMatch(headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH))
            instanceof Condition.None)) {
      throw BadRequest.query(
          "An import takes no If-Match, If-None-Match, rowstream.merge or Idempotency-Key: it says"
              + " what records are to be, and may be repeated as it is.");
    }
    return preferences.overwrite()
        ? new Expectation(null, ConcurrencyBehavior.ALWAYS_OVERWRITE)
        : Expectation.NONE;
  }
}
