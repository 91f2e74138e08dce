package io.rowstream.query.app;

import io.rowstream.eventlog.RecordState;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.header.Preferences;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.query.ListQuery;
import io.rowstream.odata.query.QueryContext;
import io.rowstream.odata.query.SkipToken;
import io.rowstream.odata.query.TypedFilter;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.app.SingleRecords.Target;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.Filter;
import io.rowstream.query.projections.current.Page;
import io.rowstream.query.projections.current.PageQuery;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers for many records of one set: pages, as far as the projection is. Thread-safe; callers
/// wait for PostgreSQL, and for the position they ask for.
final class RecordLists {
  static final String POSITION = "Rowstream-Position";

  private static final int RECORD_BYTES = 512;

  private final EntitySetColumns sets;
  private final QueryContexts contexts;
  private final CurrentRecords records;
  private final PositionWait wait;
  private final TargetNames names;
  private final RecordGroups groups;

  RecordLists(QueryContexts contexts, CurrentRecords records, PositionWait wait) {
    this.sets = contexts.sets();
    this.contexts = contexts;
    this.records = records;
    this.wait = wait;
    names = new TargetNames(records, sets);
    groups = new RecordGroups(contexts, records, wait);
  }

  Answer list(ReadRequest request, String setName) {
    return list(request, sets.require(setName), setName, null);
  }

  /// The records that refer to one: `accounts(…)/contact_customer_accounts`.
  Answer referring(ReadRequest request, Target target, String name, EntityModel.Collection those) {
    if (request.options().deltaToken() != null) {
      throw BadRequest.query("$deltatoken is for a set, not for the records that refer to one.");
    }
    var set = sets.require(those.columns().entityType().setName());
    String path = target.set().type().setName() + "(" + target.record().id() + ")/" + name;
    return list(request, set, path, FilterTranslation.refers(those.lookup(), target.record()));
  }

  /// @param path of the list after the service root
  /// @param among null for all records of the set
  private Answer list(ReadRequest request, SetColumns set, String path, @Nullable Filter among) {
    if (request.options().apply() != null) {
      return groups.groups(request, set, path, among);
    }
    var context = contexts.of(request);
    var query = ListQuery.of(set.columns(), context, request.options());
    Paging paging = Paging.of(request, Preferences.PAGE_SIZE_MAX);
    wait.until(request.minPosition());
    var expansions = Expansions.of(query.expansions());
    Page page = records.list(projected(set, query, among, expansions, Math.max(1, paging.limit())));
    PositionWait.require(page.position(), request.minPosition());
    var body = body(request, context, set, path, query, page, paging, expansions);
    var answer = Answer.json(body).with(POSITION, Long.toString(page.position()));
    Integer pageSize = request.preferences().maxPageSize();
    return pageSize == null
        ? answer
        : answer.with("Preference-Applied", "odata.maxpagesize=" + pageSize);
  }

  private static PageQuery projected(
      SetColumns set, ListQuery query, @Nullable Filter among, Expansions expansions, int limit) {
    TypedFilter filter = query.filter();
    SkipToken after = query.after();
    return new PageQuery(
        set.type(),
        FilterTranslation.both(among, filter),
        FilterTranslation.orders(query.order()),
        after == null ? null : new PageQuery.After(after.values(), after.id()),
        limit,
        query.count(),
        expansions.read());
  }

  private byte[] body(
      ReadRequest request,
      QueryContext context,
      SetColumns set,
      String path,
      ListQuery query,
      Page page,
      Paging paging,
      Expansions expansions) {
    var shown = paging.isEmpty() ? List.<RecordState>of() : page.records();
    var trees =
        shown.stream()
            .map(state -> expansions.tree(state, page.expanded(), request.root(), context))
            .toList();
    boolean all = request.options().select().isEmpty();
    var annotations = request.preferences().annotations();
    var json =
        all && annotations.patterns().isEmpty() && query.expansions().isEmpty()
            ? set.allColumns()
            : new RecordJson(
                query.select(),
                annotations,
                query.expansions(),
                names.of(request, trees, query.select(), query.expansions()));
    String shape =
        request
            .root()
            .contextOfList(
                set.type().setName(), all ? List.of() : query.select(), request.options().expand());
    var bytes = new ByteArrayOutputStream(256 + shown.size() * RECORD_BYTES);
    try (var list = json.list(bytes, shape, page.count())) {
      trees.forEach(list::write);
      list.end(nextLink(request, path, query, page, paging));
    }
    return bytes.toByteArray();
  }

  private static @Nullable String nextLink(
      ReadRequest request, String path, ListQuery query, Page page, Paging paging) {
    var next = page.next();
    if (next == null) {
      return null;
    }
    String token = new SkipToken(next.keys(), next.id()).seal(query.fingerprint());
    String options = paging.next(request, paging.limit(), token);
    return options == null ? null : request.root().url() + path + "?" + options;
  }
}
