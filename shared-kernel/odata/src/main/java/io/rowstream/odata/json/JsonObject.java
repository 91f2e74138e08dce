package io.rowstream.odata.json;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.text.NumberText;
import io.rowstream.odata.text.PlainText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// An object of a body that is taken apart member by member until none is left. A member that is
/// null is as if it were not there. Not thread-safe.
public final class JsonObject {

  /// The most values of one body, those inside others included.
  public static final int VALUES_MAX = 200_000;

  private final String name;
  private final Map<String, Object> members = new LinkedHashMap<>();

  /// @param name what it is called in messages
  private JsonObject(String name) {
    this.name = name;
  }

  /// Reads a body.
  ///
  /// @param name what it is called in messages
  /// @throws BadRequest if it is no JSON object, has more than [#VALUES_MAX] values, or texts that
  ///   cannot be stored
  public static JsonObject read(byte[] body, String name) {
    var object = new JsonObject(name);
    var values = new AtomicInteger();
    BodyJson.readObject(body, (member, json) -> object.take(member, json, values));
    return object;
  }

  private void take(String member, JsonParser json, AtomicInteger values) {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      members.put(member, value(member, json, values));
    }
  }

  private static Object value(String name, JsonParser json, AtomicInteger values) {
    if (values.incrementAndGet() > VALUES_MAX) {
      throw BadRequest.payload("The body has more than " + VALUES_MAX + " values.");
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        var object = new JsonObject(name);
        BodyJson.readMembers(json, (member, inner) -> object.take(member, inner, values));
        yield object;
      }
      case START_ARRAY -> {
        var list = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(name, json, values));
        }
        yield list;
      }
      case VALUE_STRING -> plain(name, json.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, json.getString());
      case null, default -> throw wrong(name, "text, a number, true, false, a list or an object");
    };
  }

  private static String plain(String name, String text) {
    String flaw = PlainText.flaw(text);
    if (flaw != null) {
      throw BadRequest.payload("The member " + Quoted.of(name) + ": " + flaw + ".");
    }
    return text;
  }

  private static BigDecimal number(String name, String text) {
    BigDecimal number = NumberText.parse(text);
    if (number == null) {
      throw wrong(name, "a number that is not that large");
    }
    return number;
  }

  /// @throws BadRequest if it is not text
  public @Nullable String text(String member) {
    return take(member, String.class, "text");
  }

  /// @throws BadRequest if it is not there, or not text
  public String requireText(String member) {
    String text = text(member);
    if (text == null) {
      throw BadRequest.payload("The member " + Quoted.of(member) + " of " + name + " is missing.");
    }
    return text;
  }

  /// @throws BadRequest if it is not a number
  public @Nullable BigDecimal number(String member) {
    return take(member, BigDecimal.class, "a number");
  }

  /// @throws BadRequest if it is not a whole number of 32 bits
  public @Nullable Integer whole(String member) {
    BigDecimal number = number(member);
    try {
      return number == null ? null : number.intValueExact();
    } catch (ArithmeticException _) {
      throw wrong(member, "a whole number of 32 bits");
    }
  }

  /// A boolean, also as a managed property: `{"Value":true,"CanBeChanged":true}`.
  ///
  /// @throws BadRequest if it is neither
  public @Nullable Boolean flag(String member) {
    if (members.get(member) instanceof JsonObject) {
      JsonObject managed = object(member);
      return managed == null ? null : managed.flag("Value");
    }
    return take(member, Boolean.class, "true or false");
  }

  /// @throws BadRequest if it is not an object
  public @Nullable JsonObject object(String member) {
    return take(member, JsonObject.class, "an object");
  }

  /// Empty if it is not there.
  ///
  /// @throws BadRequest if it is not a list of objects
  public List<JsonObject> objects(String member) {
    return list(member, JsonObject.class, "a list of objects");
  }

  /// Empty if it is not there.
  ///
  /// @throws BadRequest if it is not a list of texts
  public List<String> texts(String member) {
    return list(member, String.class, "a list of texts");
  }

  private <T> List<T> list(String member, Class<T> type, String expected) {
    var list = take(member, List.class, expected);
    var found = new ArrayList<T>();
    for (Object each : list == null ? List.of() : list) {
      if (!type.isInstance(each)) {
        throw wrong(member, expected);
      }
      found.add(type.cast(each));
    }
    return found;
  }

  private <T> @Nullable T take(String member, Class<T> type, String expected) {
    Object found = members.remove(member);
    if (found == null) {
      return null;
    }
    if (!type.isInstance(found)) {
      throw wrong(member, expected);
    }
    return type.cast(found);
  }

  private static BadRequest wrong(String member, String expected) {
    return BadRequest.payload("The member " + Quoted.of(member) + " is to be " + expected + ".");
  }

  /// Whether a member has not been taken yet.
  public boolean has(String member) {
    return members.containsKey(member);
  }

  /// Leaves aside what makes no difference: these members, and annotations.
  public void skip(Set<String> names) {
    members.keySet().removeIf(member -> names.contains(member) || member.indexOf('@') >= 0);
  }

  /// @throws BadRequest if a member has not been taken
  public void requireNothingLeft() {
    for (String member : members.keySet()) {
      throw BadRequest.payload(
          "The member " + Quoted.of(member) + " of " + name + " is not supported.");
    }
  }
}
