package io.rowstream.odata.query;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.Filter;
import io.rowstream.odata.url.Operand;
import io.rowstream.odata.url.PropertyPath;
import io.rowstream.odata.url.QueryOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which records of one entity type somebody keeps a copy of, and what of them.
///
/// Whether a record belongs to it depends on the record alone: then it cannot begin or cease to
/// belong without having changed itself.
///
/// @param select the primary id is among them
/// @param filter null for every record
/// @param digest differs for queries that differ in entity type, filter or columns; the same on
///   every node and in every version: it is part of delta tokens
public record TrackedQuery(
    Columns columns, List<Column> select, @Nullable TypedFilter filter, long digest) {

  /// Functions whose answer depends on neither time nor caller.
  private static final Set<String> LASTING =
      Set.of("In", "NotIn", "Between", "NotBetween", "On", "OnOrAfter", "OnOrBefore");

  public TrackedQuery {
    select = List.copyOf(select);
  }

  /// Checks the options of a URL against an entity type.
  ///
  /// @throws BadRequest if the entity type's changes are not tracked, a name is unknown, a type
  ///   does not fit, or something is asked for that changes cannot be told of
  public static TrackedQuery of(Columns columns, QueryContext context, QueryOptions options) {
    requireEnabled(columns);
    refuse("$orderby", !options.orderBy().isEmpty());
    refuse("$top", options.top() != null);
    refuse("$count", options.count());
    refuse("$expand", !options.expand().isEmpty());
    refuse("$apply", options.apply() != null);
    refuse("rowstream.version or rowstream.at", options.asOf() != null);
    Filter filter = options.filter();
    if (filter != null && looksElsewhere(filter)) {
      throw BadRequest.query(
          "When Change Tracking is enabled, $filter takes properties of the records themselves.");
    }
    return new TrackedQuery(
        columns,
        columns.select(options.select()),
        filter == null ? null : TypedFilter.of(filter, columns, context),
        digest(columns, options));
  }

  private static void requireEnabled(Columns columns) {
    if (!columns.entityType().policies().changeTracking()) {
      throw new BadRequest(
          ErrorCode.CHANGE_TRACKING_NOT_ENABLED,
          "Entity " + columns.entityType().name() + " isn't enabled for change tracking.");
    }
  }

  private static void refuse(String option, boolean given) {
    if (given) {
      throw BadRequest.query(
          "The \""
              + option
              + "\" query parameter isn't supported when Change Tracking is enabled.");
    }
  }

  private static boolean looksElsewhere(Filter filter) {
    return switch (filter) {
      case Filter.And(var members) -> members.stream().anyMatch(TrackedQuery::looksElsewhere);
      case Filter.Or(var members) -> members.stream().anyMatch(TrackedQuery::looksElsewhere);
      case Filter.Not(var member) -> looksElsewhere(member);
      case Filter.Comparison(_, var left, var right) ->
          leadsElsewhere(left) || leadsElsewhere(right);
      case Filter.TextMatch(_, var whole, var part) ->
          leadsElsewhere(whole) || leadsElsewhere(part);
      case Filter.In(var path, _) -> leadsElsewhere(path);
      case Filter.Call call ->
          leadsElsewhere(call.property()) || !LASTING.contains(call.function());
      case Filter.Lambda _ -> true;
    };
  }

  private static boolean leadsElsewhere(Operand operand) {
    return operand instanceof PropertyPath(var names) && names.size() > 1;
  }

  private static long digest(Columns columns, QueryOptions options) {
    var text = new StringBuilder("1\nentity ").append(columns.entityType().name());
    if (options.filter() != null) {
      text.append("\nfilter ").append(options.filter().text());
    }
    new TreeSet<>(options.select()).forEach(name -> text.append("\nselect ").append(name));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
