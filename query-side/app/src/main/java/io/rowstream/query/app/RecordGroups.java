package io.rowstream.query.app;

import io.rowstream.language.Value;
import io.rowstream.odata.json.GroupsJson;
import io.rowstream.odata.query.Aggregation;
import io.rowstream.odata.query.SkipToken;
import io.rowstream.odata.url.Apply;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.Filter;
import io.rowstream.query.projections.current.GroupQuery;
import io.rowstream.query.projections.current.Groups;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what `$apply` makes of the records of one set, as far as the projection is. Thread-safe;
/// callers wait as those of [RecordLists] do.
final class RecordGroups {
  private final QueryContexts contexts;
  private final CurrentRecords records;
  private final PositionWait wait;
  private final TargetNames names;

  RecordGroups(QueryContexts contexts, CurrentRecords records, PositionWait wait) {
    this.contexts = contexts;
    this.records = records;
    this.wait = wait;
    names = new TargetNames(records, contexts.sets());
  }

  /// @param path of the records after the service root
  /// @param among null for all records of the set
  Answer groups(ReadRequest request, SetColumns set, String path, @Nullable Filter among) {
    var query = Aggregation.of(set.columns(), contexts.of(request), request.options());
    wait.until(request.minPosition());
    Groups found = records.groups(projected(set, query, among, request.preferences().pageSize()));
    PositionWait.require(found.position(), request.minPosition());
    var groups =
        found.groups().stream()
            .map(group -> new GroupsJson.Group(group.keys(), group.aggregates()))
            .toList();
    var json =
        new GroupsJson(
            query, request.preferences().annotations(), names.ofKeys(request, query, groups));
    String context = request.root().contextOfList(set.type().setName(), List.of());
    var answer =
        Answer.json(json.body(context, groups, nextLink(request, path, query, found)))
            .with(RecordLists.POSITION, Long.toString(found.position()));
    Integer pageSize = request.preferences().maxPageSize();
    return pageSize == null
        ? answer
        : answer.with("Preference-Applied", "odata.maxpagesize=" + pageSize);
  }

  private static GroupQuery projected(
      SetColumns set, Aggregation query, @Nullable Filter among, int limit) {
    SkipToken after = query.after();
    return new GroupQuery(
        set.type(),
        FilterTranslation.both(among, query.filter()),
        query.keys().stream().map(key -> FilterTranslation.column(key.column())).toList(),
        query.aggregates().stream().map(RecordGroups::aggregate).toList(),
        after == null ? null : after.values(),
        limit);
  }

  private static GroupQuery.Aggregate aggregate(Aggregation.Aggregate aggregate) {
    var column = aggregate.column();
    return new GroupQuery.Aggregate(
        function(aggregate.method()), column == null ? null : FilterTranslation.column(column));
  }

  private static GroupQuery.Function function(Apply.Method method) {
    return switch (method) {
      case SUM -> GroupQuery.Function.SUM;
      case AVERAGE -> GroupQuery.Function.AVERAGE;
      case MIN -> GroupQuery.Function.MIN;
      case MAX -> GroupQuery.Function.MAX;
      case COUNT_DISTINCT -> GroupQuery.Function.COUNT_DISTINCT;
      case COUNT -> GroupQuery.Function.COUNT;
    };
  }

  private static @Nullable String nextLink(
      ReadRequest request, String path, Aggregation query, Groups found) {
    if (!found.more()) {
      return null;
    }
    List<Value> last = found.groups().getLast().keys();
    return request.root().url() + path + "?" + request.options().next(query.skipToken(last));
  }
}
