package io.rowstream.query.app;

import io.rowstream.eventlog.RecordState;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.json.RecordTree;
import io.rowstream.odata.json.RecordTree.Related;
import io.rowstream.odata.query.Expansion;
import io.rowstream.odata.query.ListQuery;
import io.rowstream.odata.query.QueryContext;
import io.rowstream.odata.query.SkipToken;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.ServiceRoot;
import io.rowstream.query.projections.current.Expanded;
import io.rowstream.query.projections.current.Page;
import io.rowstream.query.projections.current.PageQuery;
import io.rowstream.query.projections.current.RelatedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a request expands, in the dialect's words and in the projection's.
record Expansions(List<Step> steps) {

  private record Step(Expansion asked, RelatedQuery read, Expansions nested) {}

  static Expansions of(List<Expansion> asked) {
    return new Expansions(asked.stream().map(Expansions::step).toList());
  }

  private static Step step(Expansion asked) {
    var nested = of(asked.nested());
    int limit =
        asked.top() == null
            ? PageQuery.PAGE_SIZE_MAX
            : Math.clamp(asked.top(), 1, PageQuery.PAGE_SIZE_MAX);
    var filter = asked.filter();
    var read =
        new RelatedQuery(
            link(asked.link()),
            asked.columns().entityType(),
            filter == null ? null : FilterTranslation.filter(filter),
            FilterTranslation.orders(asked.order()),
            limit,
            nested.read());
    return new Step(asked, read, nested);
  }

  private static RelatedQuery.Link link(Expansion.Link link) {
    return switch (link) {
      case Expansion.Link.One(var hop) ->
          new RelatedQuery.Link.One(FilterTranslation.column(hop.column()));
      case Expansion.Link.Many(_, var collection) ->
          new RelatedQuery.Link.Many(collection.lookup());
    };
  }

  List<RelatedQuery> read() {
    return steps.stream().map(Step::read).toList();
  }

  RecordTree tree(RecordState state, Expanded expanded, ServiceRoot root, QueryContext context) {
    if (steps.isEmpty()) {
      return RecordTree.of(SingleRecords.image(state));
    }
    Map<String, Related> related = new HashMap<>();
    for (Step step : steps) {
      var found = expanded.of(step.read, state.record());
      var trees =
          found.records().stream()
              .map(each -> step.nested.tree(each, expanded, root, context))
              .toList();
      related.put(
          step.asked.property(),
          switch (step.asked.link()) {
            case Expansion.Link.One _ -> new Related.One(trees.isEmpty() ? null : trees.getFirst());
            case Expansion.Link.Many _ ->
                step.asked.top() != null
                    ? new Related.Many(
                        trees.subList(0, Math.min(step.asked.top(), trees.size())), null)
                    : new Related.Many(
                        trees, found.more() ? next(step, state, found, root, context) : null);
          });
    }
    return new RecordTree(SingleRecords.image(state), related);
  }

  private static String set(RecordState state, EntityModel model) {
    return Objects.requireNonNull(model.ofType(state.record().entityType())).entityType().setName();
  }

  /// Where the rest of a collection is: a list of its own, after the last record shown.
  private static String next(
      Step step,
      RecordState owner,
      Expanded.Related found,
      ServiceRoot root,
      QueryContext context) {
    var options = QueryOptions.parse(step.asked.asked().query());
    var query = ListQuery.of(step.asked.columns(), context, options);
    var last = Page.after(found.records().getLast(), step.read.orders());
    String token = new SkipToken(last.keys(), last.id()).seal(query.fingerprint());
    return root.ofRecord(set(owner, context.model()), owner.record().id())
        + "/"
        + step.asked.property()
        + "?"
        + options.next(token);
  }
}
