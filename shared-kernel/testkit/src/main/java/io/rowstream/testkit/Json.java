package io.rowstream.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as maps, lists, texts, numbers and booleans, for a test to look into.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// Reads one object.
  public static Map<String, @Nullable Object> object(String text) {
    try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object: " + text);
      }
      return object(json);
    }
  }

  /// Follows `path`, member names and list indexes, from `from`; null where it leads nowhere.
  public static @Nullable Object at(@Nullable Object from, Object... path) {
    @Nullable Object here = from;
    for (Object step : path) {
      if (here instanceof Map<?, ?> map) {
        here = map.get(step);
      } else if (here instanceof List<?> list && step instanceof Integer index) {
        here = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return here;
  }

  private static Map<String, @Nullable Object> object(JsonParser json) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      members.put(name, value(json));
    }
    return members;
  }

  private static @Nullable Object value(JsonParser json) {
    return switch (Objects.requireNonNull(json.currentToken())) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        var items = new ArrayList<@Nullable Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("unexpected " + json.currentToken());
    };
  }
}
