package io.rowstream.odata.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON Schema, as far as our documents need it.
///
/// @param keywords of text, numbers, lists and maps
public record Schema(Map<String, Object> keywords) {

  public static Schema text(String description) {
    return of("string", description);
  }

  public static Schema whole(String description) {
    return of("integer", description);
  }

  public static Schema yesNo(String description) {
    return of("boolean", description);
  }

  public static Schema oneOf(String description, List<String> values) {
    return text(description).with("enum", values);
  }

  public static Schema list(String description, Schema item) {
    return of("array", description).with("items", item.keywords);
  }

  /// An object of these members, and perhaps others: clients ignore what they do not know.
  public static Schema object(String description, Map<String, Schema> members) {
    var properties = new LinkedHashMap<String, Object>();
    members.forEach((name, schema) -> properties.put(name, schema.keywords));
    return of("object", description).with("properties", properties);
  }

  /// Whatever JSON holds.
  public static Schema any(String description) {
    return new Schema(Map.of("description", description));
  }

  /// One of the document's own, by its name.
  public static Schema named(String name) {
    return new Schema(Map.of("$ref", "#/components/schemas/" + name));
  }

  private static Schema of(String type, String description) {
    var keywords = new LinkedHashMap<String, Object>();
    keywords.put("type", type);
    keywords.put("description", description);
    return new Schema(keywords);
  }

  private Schema with(String keyword, Object value) {
    var all = new LinkedHashMap<>(keywords);
    all.put(keyword, value);
    return new Schema(all);
  }
}
