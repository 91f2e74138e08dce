package io.rowstream.odata.metadata;

import io.rowstream.odata.url.Literal;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What a property of the metadata holds.
sealed interface MetadataValue {

  record Nothing() implements MetadataValue {
    private static final Nothing ONLY = new Nothing();
  }

  record Text(String text) implements MetadataValue {}

  record Flag(boolean yes) implements MetadataValue {}

  record Numeric(BigDecimal number) implements MetadataValue {}

  record Members(SequencedMap<String, MetadataValue> members) implements MetadataValue {
    public Members {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }
  }

  record Elements(List<? extends MetadataValue> elements) implements MetadataValue {
    public Elements {
      elements = List.copyOf(elements);
    }
  }

  static MetadataValue nothing() {
    return Nothing.ONLY;
  }

  static MetadataValue of(String text) {
    return new Text(text);
  }

  static MetadataValue of(boolean yes) {
    return new Flag(yes);
  }

  static MetadataValue of(long number) {
    return new Numeric(BigDecimal.valueOf(number));
  }

  /// An object with one member `Value`, as managed properties and names of types have it.
  static MetadataValue wrapped(MetadataValue value) {
    return members(Map.entry("Value", value));
  }

  @SafeVarargs
  static MetadataValue members(Map.Entry<String, MetadataValue>... members) {
    var inOrder = new LinkedHashMap<String, MetadataValue>();
    for (var member : members) {
      inOrder.put(member.getKey(), member.getValue());
    }
    return new Members(inOrder);
  }

  /// Whether the value is the one a query names; null if the two are of different types.
  default @Nullable Boolean is(Literal literal) {
    return switch (this) {
      case Nothing _ -> literal instanceof Literal.Null;
      case Members _ -> literal instanceof Literal.Null ? false : null;
      case Elements _ -> null;
      case Text(String text) ->
          switch (literal) {
            case Literal.Text(String wanted) -> text.equals(wanted);
            case Literal.EnumMember(_, String wanted) -> text.equals(wanted);
            case Literal.Guid(var wanted) -> text.equals(wanted.toString());
            case Literal.Null _ -> false;
            default -> null;
          };
      case Flag(boolean yes) ->
          switch (literal) {
            case Literal.YesNo(boolean wanted) -> yes == wanted;
            case Literal.Null _ -> false;
            default -> null;
          };
      case Numeric(BigDecimal number) ->
          switch (literal) {
            case Literal.Whole(long wanted) -> number.compareTo(BigDecimal.valueOf(wanted)) == 0;
            case Literal.Fraction(BigDecimal wanted) -> number.compareTo(wanted) == 0;
            case Literal.Null _ -> false;
            default -> null;
          };
    };
  }

  default void write(JsonGenerator json) {
    switch (this) {
      case Nothing _ -> json.writeNull();
      case Text(String text) -> json.writeString(text);
      case Flag(boolean yes) -> json.writeBoolean(yes);
      case Numeric(BigDecimal number) -> json.writeNumber(number);
      case Members(var members) -> {
        json.writeStartObject();
        members.forEach((name, value) -> {
          json.writeName(name);
          value.write(json);
        });
        json.writeEndObject();
      }
      case Elements(var elements) -> {
        json.writeStartArray();
        elements.forEach(element -> element.write(json));
        json.writeEndArray();
      }
    }
  }
}
