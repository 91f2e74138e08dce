package io.rowstream.query.app;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.json.RecordTree;
import io.rowstream.odata.query.Expansion;
import io.rowstream.query.app.SingleRecords.Target;
import io.rowstream.query.projections.current.CurrentRecords;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers that lead from one record to others: what is expanded of it, and its navigation
/// properties by themselves. Thread-safe.
final class RelatedRecords {
  private final EntitySetColumns sets;
  private final QueryContexts contexts;
  private final CurrentRecords records;
  private final SingleRecords singles;
  private final RecordLists lists;
  private final RecordCounts counts;
  private final PositionWait wait;
  private final TargetNames names;

  RelatedRecords(
      QueryContexts contexts,
      CurrentRecords records,
      SingleRecords singles,
      RecordLists lists,
      RecordCounts counts,
      PositionWait wait) {
    this.sets = contexts.sets();
    this.contexts = contexts;
    this.records = records;
    this.singles = singles;
    this.lists = lists;
    this.counts = counts;
    this.wait = wait;
    names = new TargetNames(records, sets);
  }

  /// One record; with `$expand` also what is related to it, at least as it was when the record last
  /// changed.
  Answer record(ReadRequest request, Target target) {
    var context = contexts.of(request);
    var asked = Expansion.of(request.options().expand(), target.set().columns(), context);
    wait.until(request.minPosition());
    var state = singles.state(request, target);
    if (asked.isEmpty()) {
      return TargetNames.wanted(request)
          ? answer(request, target, asked, state, RecordTree.of(SingleRecords.image(state)))
          : singles.whole(request, target, state);
    }
    if (request.options().asOf() != null) {
      throw BadRequest.query("A record as it was is read without $expand.");
    }
    var expansions = Expansions.of(asked);
    wait.until(state.position());
    var related = records.related(expansions.read(), List.of(state));
    var tree = expansions.tree(state, related.expanded(), request.root(), context);
    return answer(request, target, asked, state, tree)
        .with(RecordLists.POSITION, Long.toString(related.position()));
  }

  private Answer answer(
      ReadRequest request,
      Target target,
      List<Expansion> asked,
      RecordState state,
      RecordTree tree) {
    var select = target.set().columns().select(request.options().select());
    var recordNames = names.ofOne(request, tree, select, asked);
    var json = new RecordJson(select, request.preferences().annotations(), asked, recordNames);
    String shape =
        request
            .root()
            .contextOfRecord(
                target.set().type().setName(),
                request.options().select().isEmpty() ? List.of() : select,
                request.options().expand());
    return Answer.json(json.body(shape, tree)).with("ETag", ETag.of(state.version()));
  }

  /// `accounts(…)/name`: a property, the record a lookup refers to, or those that refer.
  Answer member(ReadRequest request, Target target, String name) {
    var hop = target.set().columns().hop(name);
    if (hop != null) {
      return referred(request, singles.existing(target), hop);
    }
    var collection = sets.collection(target.set().type().name(), name);
    if (collection != null) {
      singles.existing(target);
      return lists.referring(request, target, name, collection);
    }
    return singles.property(request, target, name);
  }

  private Answer referred(ReadRequest request, RecordState state, ColumnPath.Hop hop) {
    RecordRef record =
        switch (SingleRecords.image(state).value(hop.column())) {
          case Value.Lookup(var target) -> target;
          case Value.Guid(UUID user) -> new RecordRef(hop.target(), user);
          case Value _ -> null;
        };
    if (record == null || !record.entityType().equals(hop.target())) {
      return Answer.empty(204);
    }
    return record(request, new Target(sets.requireType(hop.target()), record));
  }

  /// `accounts(…)/contact_customer_accounts/$count`
  Answer count(ReadRequest request, Target target, String name) {
    EntityModel.@Nullable Collection collection = sets.collection(target.set().type().name(), name);
    if (collection == null) {
      throw new NotFoundException(name);
    }
    singles.existing(target);
    return counts.countReferring(request, target.record(), collection);
  }
}
