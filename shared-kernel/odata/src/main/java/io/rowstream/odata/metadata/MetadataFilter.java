package io.rowstream.odata.metadata;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.PropertyPath;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Turns a `$filter` on metadata into a condition on objects of one type: `eq`, `ne`, `in`, `and`,
/// `or` and `not` on its properties, or on members of what they hold.
final class MetadataFilter<T> {
  private final MetadataType<T> type;

  private MetadataFilter(MetadataType<T> type) {
    this.type = type;
  }

  /// @throws BadRequest if the filter names what is not there or uses anything else; the condition
  ///   throws it, too, when values of different types are compared
  static <T> Predicate<T> of(Filter filter, MetadataType<T> type) {
    return new MetadataFilter<>(type).condition(filter);
  }

  private Predicate<T> condition(Filter filter) {
    return switch (filter) {
      case Filter.And(var members) -> all(members);
      case Filter.Or(var members) -> any(members);
      case Filter.Not(Filter member) -> condition(member).negate();
      case Filter.Comparison(var comparator, var left, var right) ->
          comparison(comparator, left, right);
      case Filter.In(PropertyPath path, var values) -> in(path, values);
      default ->
          throw BadRequest.query("On metadata $filter knows eq, ne, in, and, or and not only.");
    };
  }

  private Predicate<T> all(List<Filter> members) {
    var conditions = members.stream().map(this::condition).toList();
    return object -> conditions.stream().allMatch(condition -> condition.test(object));
  }

  private Predicate<T> any(List<Filter> members) {
    var conditions = members.stream().map(this::condition).toList();
    return object -> conditions.stream().anyMatch(condition -> condition.test(object));
  }

  private Predicate<T> comparison(Comparator comparator, Operand left, Operand right) {
    Predicate<T> equal =
        switch (left) {
          case PropertyPath path when right instanceof Literal literal ->
              in(path, List.of(literal));
          case Literal literal when right instanceof PropertyPath path ->
              in(path, List.of(literal));
          default ->
              throw BadRequest.query("On metadata $filter compares a property with a value.");
        };
    return switch (comparator) {
      case EQ -> equal;
      case NE -> equal.negate();
      case GT, GE, LT, LE ->
          throw BadRequest.query(
              "On metadata $filter knows eq and ne, not " + comparator.text() + ".");
    };
  }

  private Predicate<T> in(PropertyPath path, List<Literal> literals) {
    Function<T, MetadataValue> property = type.property(path.names().getFirst());
    return object -> {
      MetadataValue value = member(property.apply(object), path);
      return literals.stream().anyMatch(literal -> equal(value, literal, path));
    };
  }

  private MetadataValue member(MetadataValue value, PropertyPath path) {
    MetadataValue found = value;
    for (String name : path.names().subList(1, path.names().size())) {
      if (!(found instanceof MetadataValue.Members(var members)) || !members.containsKey(name)) {
        throw BadRequest.query("Could not find a property named " + Quoted.of(path.text()) + ".");
      }
      found = members.getOrDefault(name, MetadataValue.nothing());
    }
    return found;
  }

  private static boolean equal(MetadataValue value, Literal literal, PropertyPath path) {
    Boolean equal = value.is(literal);
    if (equal == null) {
      throw BadRequest.query(
          Quoted.of(path.text()) + " cannot be compared with " + Quoted.of(literal.text()) + ".");
    }
    return equal;
  }
}
