package io.rowstream.odata.query;

import io.rowstream.language.Claim;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.Literal;
import java.util.HashMap;
import java.util.Map;

/// An alternate key in a URL, its values of the types of the entity type's attributes.
public record KeyValues(String entityType, AlternateKey key, Map<String, Value> values) {
  public KeyValues {
    values = Map.copyOf(values);
  }

  /// @throws BadRequest if the entity type has no such key, or a value does not fit
  public static KeyValues of(Columns columns, Key given) {
    var values = new HashMap<String, Value>();
    if (given instanceof Key.Columns(var literals)) {
      literals.forEach((name, literal) -> {
        Attribute attribute = attribute(columns, name);
        values.put(attribute.name(), value(columns, name, attribute, literal));
      });
    }
    AlternateKey key = columns.entityType().keyOf(values.keySet());
    if (key == null) {
      throw invalid(columns);
    }
    return new KeyValues(columns.entityType().name(), key, values);
  }

  private static Attribute attribute(Columns columns, String name) {
    return switch (columns.find(name)) {
      case Column.Plain(Attribute attribute) -> attribute;
      case Column.LookupId(Attribute attribute) -> attribute;
      case null, default -> throw invalid(columns);
    };
  }

  private static Value value(Columns columns, String name, Attribute attribute, Literal literal) {
    Value value = LiteralTyping.value(columns.require(name), literal);
    return attribute.type() instanceof AttributeType.Lookup(var targets)
            && value instanceof Value.Guid(var id)
        ? new Value.Lookup(new RecordRef(targets.iterator().next(), id))
        : value;
  }

  private static BadRequest invalid(Columns columns) {
    return BadRequest.query(
        "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM."
            + columns.entityType().name()
            + "'.");
  }

  /// The claim that the record with this key holds.
  public RecordRef claim() {
    RecordRef claim = Claim.onKey(entityType, key, values);
    if (claim == null) {
      throw new IllegalStateException("every value is there");
    }
    return claim;
  }
}
