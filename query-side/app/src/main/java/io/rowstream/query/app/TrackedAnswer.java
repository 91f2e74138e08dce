package io.rowstream.query.app;

import io.rowstream.odata.column.Column;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.json.RecordListJson;
import io.rowstream.odata.query.TrackedQuery;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.projections.current.Changes;
import io.rowstream.query.projections.current.Filter;
import io.rowstream.query.projections.current.Page;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is answered to somebody who keeps a copy of a set.
record TrackedAnswer(ReadRequest request, SetColumns set, TrackedQuery query) {
  private static final int RECORD_BYTES = 512;

  /// @return null for every record
  @Nullable Filter filter() {
    return FilterTranslation.both(null, query.filter());
  }

  /// Records after which there are others.
  Answer page(Page page, String skipToken, String deltaToken) {
    String next = request.options().next(skipToken) + "&$deltatoken=" + deltaToken;
    return page(page, json -> json.end(url(next), null));
  }

  Answer lastPage(Page page, String deltaToken) {
    String delta = url(request.options().delta(deltaToken));
    return page(page, json -> json.end(null, delta));
  }

  private Answer page(Page page, Consumer<RecordListJson> end) {
    String context = request.root().contextOfList(set.type().setName(), shown());
    return answer(
        context,
        page.records().size(),
        json -> {
          page.records().forEach(state -> json.write(SingleRecords.image(state)));
          end.accept(json);
        },
        page.position());
  }

  /// Changes after which there may be others.
  Answer changes(Changes changes, String deltaToken) {
    String next = url(request.options().delta(deltaToken));
    return changes(changes, json -> json.end(next, null));
  }

  Answer lastChanges(Changes changes, String deltaToken) {
    String delta = url(request.options().delta(deltaToken));
    return changes(changes, json -> json.end(null, delta));
  }

  private Answer changes(Changes changes, Consumer<RecordListJson> end) {
    String context = request.root().contextOfDelta(set.type().setName(), shown());
    String removed = request.root().contextOfRemoved(set.type().setName());
    return answer(
        context,
        changes.records().size(),
        json -> {
          for (var changed : changes.records()) {
            var state = changed.state();
            if (changed.matches()) {
              json.write(SingleRecords.image(state));
            } else {
              json.writeRemoved(
                  removed, state.record().id(), state.deleted() ? "deleted" : "changed");
            }
          }
          end.accept(json);
        },
        changes.until());
  }

  /// The columns that are asked for by name; none when all are.
  private List<Column> shown() {
    var names = request.options().select();
    return query.select().stream().filter(column -> names.contains(column.wireName())).toList();
  }

  private String url(String options) {
    return request.root().url() + set.type().setName() + "?" + options;
  }

  private Answer answer(
      String context, int records, Consumer<RecordListJson> write, long position) {
    var annotations = request.preferences().annotations();
    var json =
        shown().isEmpty() && annotations.patterns().isEmpty()
            ? set.allColumns()
            : new RecordJson(query.select(), annotations);
    var bytes = new ByteArrayOutputStream(256 + records * RECORD_BYTES);
    try (var list = json.list(bytes, context, null)) {
      write.accept(list);
    }
    var answer =
        Answer.json(bytes.toByteArray()).with(RecordLists.POSITION, Long.toString(position));
    var applied = new StringJoiner(",");
    if (request.preferences().trackChanges()) {
      applied.add("odata.track-changes");
    }
    Integer pageSize = request.preferences().maxPageSize();
    if (pageSize != null) {
      applied.add("odata.maxpagesize=" + pageSize);
    }
    return applied.length() == 0 ? answer : answer.with("Preference-Applied", applied.toString());
  }
}
