package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Apply;
import io.rowstream.odata.url.PropertyPath;
import io.rowstream.odata.url.QueryOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Groups of records of one entity type, in the order of what they agree in, and what is told of
/// each.
///
/// @param filter null for every record
/// @param keys what the records of a group agree in; none for one group of all
/// @param after where the page before ended; null for the first page
/// @param fingerprint differs for queries that differ in set, filter or groups
public record Aggregation(
    Columns columns,
    @Nullable TypedFilter filter,
    List<Key> keys,
    List<Aggregate> aggregates,
    @Nullable SkipToken after,
    int fingerprint) {

  /// @param name in the answer
  public record Key(String name, ColumnPath column) {}

  /// @param name in the answer
  /// @param column null for the number of records
  public record Aggregate(String name, Apply.Method method, @Nullable ColumnPath column) {}

  public Aggregation {
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
  }

  /// Checks the options of a URL, `$apply` among them, against an entity type.
  ///
  /// @throws BadRequest if a name is unknown, a type does not fit or there are options that say
  ///   nothing about groups
  public static Aggregation of(Columns columns, QueryContext context, QueryOptions options) {
    if (!options.select().isEmpty()
        || !options.expand().isEmpty()
        || !options.orderBy().isEmpty()
        || options.top() != null
        || options.count()
        || options.asOf() != null) {
      throw BadRequest.query("$apply goes together with $filter only.");
    }
    Apply apply = Objects.requireNonNull(options.apply());
    var keys = apply.by().stream().map(path -> key(path, columns, context)).toList();
    var aggregates =
        apply.aggregates().stream().map(each -> aggregate(each, columns, context)).toList();
    requireNames(keys, aggregates);
    int fingerprint = fingerprint(columns, options, apply);
    String token = options.skipToken();
    return new Aggregation(
        columns,
        options.filter() == null ? null : TypedFilter.of(options.filter(), columns, context),
        keys,
        aggregates,
        token == null ? null : SkipToken.open(token, sorting(keys), fingerprint),
        fingerprint);
  }

  /// The last group of a page: the next one goes on behind it.
  public String skipToken(List<Value> last) {
    return new SkipToken(last, new UUID(0, 0)).seal(fingerprint);
  }

  private static List<Sorting> sorting(List<Key> keys) {
    return keys.stream().map(key -> new Sorting(key.column, List.of(), false)).toList();
  }

  private static Key key(PropertyPath path, Columns columns, QueryContext context) {
    ColumnPath column = ColumnPath.of(path, columns, context.model());
    AttributeType type = column.column().type();
    if (type instanceof AttributeType.DateTime || type instanceof AttributeType.Memo) {
      throw BadRequest.query(
          "Records cannot be grouped by "
              + Quoted.of(path.text())
              + ": it is a date and time or text of several lines.");
    }
    return new Key(name(column), column);
  }

  /// As Dataverse has it: `contact_fullname` for `primarycontactid/fullname`.
  private static String name(ColumnPath column) {
    String own = column.column().wireName();
    return column.hops().isEmpty() ? own : column.hops().getLast().target() + "_" + own;
  }

  private static Aggregate aggregate(Apply.Aggregate each, Columns columns, QueryContext context) {
    if (each.property() == null) {
      return new Aggregate(each.alias(), each.method(), null);
    }
    ColumnPath column = ColumnPath.of(each.property(), columns, context.model());
    if (!fits(each.method(), column.column().type())) {
      throw BadRequest.query(
          "There is no " + each.method().text() + " of " + Quoted.of(each.property().text()) + ".");
    }
    return new Aggregate(each.alias(), each.method(), column);
  }

  private static boolean fits(Apply.Method method, AttributeType type) {
    boolean number =
        switch (type) {
          case AttributeType.WholeNumber _,
              AttributeType.BigInteger _,
              AttributeType.Decimal _,
              AttributeType.Money _ ->
              true;
          default -> false;
        };
    return switch (method) {
      case SUM, AVERAGE -> number;
      case MIN, MAX -> number || type instanceof AttributeType.DateTime;
      case COUNT_DISTINCT -> !(type instanceof AttributeType.Memo);
      case COUNT -> true;
    };
  }

  private static void requireNames(List<Key> keys, List<Aggregate> aggregates) {
    var names = new ArrayList<String>();
    keys.forEach(key -> names.add(key.name));
    aggregates.forEach(aggregate -> names.add(aggregate.name));
    var seen = new HashSet<String>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw BadRequest.query("Two results of $apply would be called " + Quoted.of(name) + ".");
      }
    }
  }

  private static int fingerprint(Columns columns, QueryOptions options, Apply apply) {
    var text = new StringBuilder(columns.entityType().name()).append('?');
    if (options.filter() != null) {
      text.append(options.filter().text());
    }
    text.append('&').append(apply.text());
    var sum = new CRC32();
    sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return (int) sum.getValue();
  }
}
