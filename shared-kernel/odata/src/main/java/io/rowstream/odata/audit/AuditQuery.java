package io.rowstream.odata.audit;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.url.Comparator;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Literal;
import io.rowstream.odata.url.PropertyPath;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.SortKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries of `audits` are wanted, what of them, and in what order.
///
/// @param from inclusive; times are compared in whole seconds, as they are shown
/// @param until exclusive
/// @param equal what columns hold: a [UUID], a [String] or a [Long], as they are of
/// @param newestFirst as it is when no order is given
public record AuditQuery(
    Set<AuditColumn> select,
    Instant from,
    Instant until,
    Map<AuditColumn, Object> equal,
    boolean newestFirst) {
  public AuditQuery {
    select = Set.copyOf(select);
    equal = Map.copyOf(equal);
  }

  /// @throws BadRequest if anything is asked for that the log has no quick answer to
  public static AuditQuery of(QueryOptions options) {
    if (options.count()
        || !options.expand().isEmpty()
        || options.asOf() != null
        || options.deltaToken() != null
        || options.apply() != null) {
      throw BadRequest.query("Audits take $select, $filter, $orderby=createdon and $top only.");
    }
    var conditions = new Conditions();
    if (options.filter() != null) {
      conditions.add(options.filter());
    }
    return new AuditQuery(
        AuditColumn.select(options.select()),
        conditions.from,
        conditions.until,
        conditions.equal,
        newestFirst(options.orderBy()));
  }

  private static boolean newestFirst(List<SortKey> order) {
    if (order.isEmpty()) {
      return true;
    }
    if (order.size() > 1
        || !order.getFirst().path().text().equals(AuditColumn.CREATED_ON.wireName())) {
      throw BadRequest.query("Audits are ordered by createdon only.");
    }
    return order.getFirst().descending();
  }

  /// What has to hold, all of it.
  private static final class Conditions {
    private Instant from = Instant.MIN;
    private Instant until = Instant.MAX;
    private final Map<AuditColumn, Object> equal = new EnumMap<>(AuditColumn.class);

    void add(Filter filter) {
      switch (filter) {
        case Filter.And(var members) -> members.forEach(this::add);
        case Filter.Comparison(
                Comparator comparator,
                PropertyPath(List<String> names),
                Literal literal)
            when names.size() == 1 -> {
          AuditColumn column = AuditColumn.require(names.getFirst());
          if (column == AuditColumn.CREATED_ON) {
            addTime(comparator, time(literal));
          } else {
            addEqual(column, comparator, literal);
          }
        }
        default -> throw unsupported();
      }
    }

    private void addTime(Comparator comparator, Instant time) {
      var second = time.truncatedTo(ChronoUnit.SECONDS);
      var after = second.plusSeconds(1);
      var notBefore = time.equals(second) ? second : after;
      switch (comparator) {
        case GE -> from = later(from, notBefore);
        case GT -> from = later(from, after);
        case LT -> until = earlier(until, notBefore);
        case LE -> until = earlier(until, after);
        case EQ -> {
          from = later(from, notBefore);
          until = earlier(until, after);
        }
        case NE -> throw unsupported();
      }
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
      return one.isBefore(other) ? one : other;
    }

    private void addEqual(AuditColumn column, Comparator comparator, Literal literal) {
      Object value = value(column, literal);
      if (comparator != Comparator.EQ || value == null || equal.put(column, value) != null) {
        throw unsupported();
      }
    }

    private static @Nullable Object value(AuditColumn column, Literal literal) {
      return switch (column) {
        case ID, OBJECT, USER, TRANSACTION ->
            switch (literal) {
              case Literal.Guid(UUID guid) -> guid;
              case Literal.Text(String text) -> GuidText.parse(text);
              default -> null;
            };
        case OBJECT_TYPE -> literal instanceof Literal.Text(String text) ? text : null;
        case OPERATION, ACTION -> literal instanceof Literal.Whole(long number) ? number : null;
        case CREATED_ON, CALLING_USER, ATTRIBUTE_MASK, CHANGE_DATA -> null;
      };
    }

    private static Instant time(Literal literal) {
      return switch (literal) {
        case Literal.DateTime(Instant time) -> time;
        case Literal.Date(var date) -> date.atStartOfDay(ZoneOffset.UTC).toInstant();
        default -> throw unsupported();
      };
    }

    private static BadRequest unsupported() {
      return BadRequest.query(
          "Audits are filtered by createdon, and by one value each of _objectid_value,"
              + " objecttypecode, _userid_value, operation, action, transactionid and auditid,"
              + " joined by 'and'.");
    }
  }
}
