package io.rowstream.query.app;

import io.rowstream.eventlog.DeltaToken;
import io.rowstream.eventlog.DeltaToken.Stage;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.query.ListQuery;
import io.rowstream.odata.query.SkipToken;
import io.rowstream.odata.query.TrackedQuery;
import io.rowstream.query.projections.current.Changes;
import io.rowstream.query.projections.current.ChangesQuery;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.Page;
import io.rowstream.query.projections.current.PageQuery;
import java.util.List;

/// Answers those who keep a copy of a set: the records, and then, as often as they like, what has
/// changed since. Thread-safe; callers wait as those of [RecordLists] do.
///
/// Changes are told from the position on at which the reading of the records began: what changed
/// while they were read may come again, and is never left out.
final class TrackedRecords {
  private final QueryContexts contexts;
  private final CurrentRecords records;
  private final PositionWait wait;
  private final DeltaTokens tokens;
  private final int eventsMax;

  /// @param eventsMax events looked at for a page of changes
  TrackedRecords(
      QueryContexts contexts,
      CurrentRecords records,
      PositionWait wait,
      DeltaTokens tokens,
      int eventsMax) {
    this.contexts = contexts;
    this.records = records;
    this.wait = wait;
    this.tokens = tokens;
    this.eventsMax = eventsMax;
  }

  /// Whether a list is asked for here rather than of [RecordLists].
  static boolean areMeant(ReadRequest request) {
    return request.options().deltaToken() != null
        || (request.preferences().trackChanges() && request.options().skipToken() == null);
  }

  /// `accounts` with `Prefer: odata.track-changes`, and where the links of its answers lead.
  Answer list(ReadRequest request, String setName) {
    var set = contexts.sets().require(setName);
    var query = TrackedQuery.of(set.columns(), contexts.of(request), request.options());
    var answer = new TrackedAnswer(request, set, query);
    String type = set.type().name();
    String text = request.options().deltaToken();
    if (text == null) {
      wait.until(request.minPosition());
      return page(
          answer, tokens.at(records.standingUpToDate(), Stage.RECORDS, type, query.digest()));
    }
    DeltaToken token = tokens.open(text, type);
    boolean inRecords = token.stage() == Stage.RECORDS;
    if (token.query() != query.digest() || inRecords == (request.options().skipToken() == null)) {
      throw DeltaTokens.misused();
    }
    DeltaTokens.requireKnown(token, records.standing());
    return inRecords ? page(answer, token) : changes(answer, token);
  }

  private Answer page(TrackedAnswer answer, DeltaToken token) {
    var request = answer.request();
    var list = ListQuery.of(answer.set().columns(), contexts.of(request), request.options());
    var after = list.after();
    long least = Math.max(request.minPosition(), token.position());
    wait.until(least);
    Page page =
        records.list(
            new PageQuery(
                answer.set().type(),
                answer.filter(),
                List.of(),
                after == null ? null : new PageQuery.After(after.values(), after.id()),
                request.preferences().pageSize(),
                false));
    PositionWait.require(page.position(), least);
    var next = page.next();
    if (next == null) {
      return answer.lastPage(page, tokens.text(token.ended()));
    }
    String skipToken = new SkipToken(next.keys(), next.id()).seal(list.fingerprint());
    return answer.page(page, skipToken, tokens.text(token));
  }

  private Answer changes(TrackedAnswer answer, DeltaToken token) {
    var request = answer.request();
    boolean first = token.stage() == Stage.CHANGES;
    long least = first ? Math.max(request.minPosition(), token.until()) : token.until();
    wait.until(least);
    Changes changes =
        records.changes(
            new ChangesQuery(
                answer.set().type(),
                answer.filter(),
                token.position(),
                first ? null : token.until(),
                request.preferences().pageSize(),
                eventsMax));
    DeltaTokens.requireKnown(token, changes.standing());
    PositionWait.require(changes.standing().position(), least);
    DeltaToken delta =
        first
            ? tokens.at(changes.standing(), Stage.MORE_CHANGES, token.entityType(), token.query())
            : token;
    return changes.more()
        ? answer.changes(changes, tokens.text(delta.readTo(changes.upTo())))
        : answer.lastChanges(changes, tokens.text(delta.ended()));
  }

  /// `accounts/$count?$deltatoken=…`: how many records a delta has, removed ones included.
  Answer count(ReadRequest request, String setName) {
    var set = contexts.sets().require(setName);
    var query = TrackedQuery.of(set.columns(), contexts.of(request), request.options());
    DeltaToken token =
        tokens.open(String.valueOf(request.options().deltaToken()), set.type().name());
    boolean asked = request.options().filter() != null || !request.options().select().isEmpty();
    if (token.stage() != Stage.CHANGES || (asked && token.query() != query.digest())) {
      throw DeltaTokens.misused();
    }
    if (request.options().skipToken() != null) {
      throw BadRequest.query("A count takes no $skiptoken.");
    }
    DeltaTokens.requireKnown(token, records.standing());
    long least = Math.max(request.minPosition(), token.until());
    wait.until(least);
    var counted = records.countChanges(set.type(), token.position());
    PositionWait.require(counted.position(), least);
    return Answer.text(Long.toString(counted.count()))
        .with(RecordLists.POSITION, Long.toString(counted.position()));
  }
}
