package io.rowstream.query.app;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.query.ListQuery;
import io.rowstream.odata.query.SkipToken;
import io.rowstream.odata.query.TypedFilter;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.Order;
import io.rowstream.query.projections.current.Page;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers for many records of one set: pages and counts, as far as the projection is. Thread-safe;
/// callers wait for PostgreSQL, and for the position they ask for.
final class RecordLists {
  static final String POSITION = "Rowstream-Position";

  private static final Pattern TOP = Pattern.compile("(^|&)((?:\\$|%24)top)=[^&]*");
  private static final int RECORD_BYTES = 512;

  private final EntitySetColumns sets;
  private final CurrentRecords records;
  private final Duration positionWait;

  /// @param positionWait how long a list waits for the position it has to include
  RecordLists(EntitySetColumns sets, CurrentRecords records, Duration positionWait) {
    this.sets = sets;
    this.records = records;
    this.positionWait = positionWait;
  }

  Answer list(ReadRequest request, String setName) {
    SetColumns set = sets.require(setName);
    var query = ListQuery.of(set.columns(), request.options());
    Paging paging = Paging.of(request);
    awaitPosition(request.minPosition());
    Page page = records.list(projected(set, query, Math.max(1, paging.limit)));
    requirePosition(page.position(), request.minPosition());
    var body = body(request, set, query, page, paging);
    var answer = Answer.json(body).with(POSITION, Long.toString(page.position()));
    Integer pageSize = request.preferences().maxPageSize();
    return pageSize == null
        ? answer
        : answer.with("Preference-Applied", "odata.maxpagesize=" + pageSize);
  }

  /// How many records there are on a page, and how many are left to show on all pages; Dataverse
  /// ignores `$top` when a page size is preferred.
  ///
  /// @param left null for all there are
  private record Paging(int limit, @Nullable Integer left) {
    static Paging of(ReadRequest request) {
      Integer top = request.options().top();
      int pageSize = request.preferences().pageSize();
      return top == null || request.preferences().maxPageSize() != null
          ? new Paging(pageSize, null)
          : new Paging(Math.min(top, pageSize), top);
    }

    boolean endsWithThisPage() {
      return left != null && left <= limit;
    }
  }

  private static io.rowstream.query.projections.current.ListQuery projected(
      SetColumns set, ListQuery query, int limit) {
    TypedFilter filter = query.filter();
    SkipToken after = query.after();
    return new io.rowstream.query.projections.current.ListQuery(
        set.type(),
        filter == null ? null : FilterTranslation.filter(filter),
        query.order().stream()
            .map(step -> new Order(FilterTranslation.column(step.column()), step.descending()))
            .toList(),
        after == null
            ? null
            : new io.rowstream.query.projections.current.ListQuery.After(
                after.values(), after.id()),
        limit,
        query.count());
  }

  private static byte[] body(
      ReadRequest request, SetColumns set, ListQuery query, Page page, Paging paging) {
    boolean all = request.options().select().isEmpty();
    var annotations = request.preferences().annotations();
    var json =
        all && annotations.patterns().isEmpty()
            ? set.allColumns()
            : new RecordJson(query.select(), annotations);
    String context =
        request.root().contextOfList(set.type().setName(), all ? List.of() : query.select());
    var shown = paging.limit == 0 ? List.<RecordState>of() : page.records();
    var bytes = new ByteArrayOutputStream(256 + shown.size() * RECORD_BYTES);
    try (var list = json.list(bytes, context, page.count())) {
      shown.forEach(state -> list.write(SingleRecords.image(state)));
      list.end(nextLink(request, set, query, page, paging));
    }
    return bytes.toByteArray();
  }

  private static @Nullable String nextLink(
      ReadRequest request, SetColumns set, ListQuery query, Page page, Paging paging) {
    var next = page.next();
    if (next == null || paging.endsWithThisPage()) {
      return null;
    }
    String token = new SkipToken(next.keys(), next.id()).seal(query.fingerprint());
    String options = request.options().next(token);
    if (paging.left != null) {
      int left = paging.left - paging.limit;
      options = TOP.matcher(options).replaceFirst("$1" + Matcher.quoteReplacement("$top=" + left));
    }
    return request.root().url() + set.type().setName() + "?" + options;
  }

  /// `accounts/$count`
  Answer count(ReadRequest request, String setName) {
    SetColumns set = sets.require(setName);
    var options = request.options();
    if (!options.orderBy().isEmpty()
        || options.top() != null
        || options.skipToken() != null
        || options.asOf() != null
        || !options.select().isEmpty()) {
      throw BadRequest.query("A count takes $filter only.");
    }
    var filter =
        options.filter() == null
            ? null
            : FilterTranslation.filter(TypedFilter.of(options.filter(), set.columns()));
    awaitPosition(request.minPosition());
    var counted = records.count(set.type(), filter);
    requirePosition(counted.position(), request.minPosition());
    return Answer.text(Long.toString(counted.count()))
        .with(POSITION, Long.toString(counted.position()));
  }

  private void awaitPosition(long wanted) {
    try {
      if (!records.await(wanted, positionWait)) {
        throw notYet(wanted);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw notYet(wanted);
    }
  }

  // The wait goes by what this node knows; a database that has just lost its last moments can be
  // behind that.
  private static void requirePosition(long found, long wanted) {
    if (found < wanted) {
      throw notYet(wanted);
    }
  }

  private static RefusedException notYet(long wanted) {
    return new RefusedException(
        new Refusal.TooBusy("lists do not include position " + wanted + " yet"));
  }
}
