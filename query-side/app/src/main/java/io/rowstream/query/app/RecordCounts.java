package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.query.TypedFilter;
import io.rowstream.odata.url.FunctionCall;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.Filter;
import io.rowstream.query.projections.current.Page;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers how many records there are, exactly, as of a position. Thread-safe; callers wait as
/// those of [RecordLists] do.
final class RecordCounts {
  private final EntitySetColumns sets;
  private final QueryContexts contexts;
  private final CurrentRecords records;
  private final PositionWait wait;

  RecordCounts(QueryContexts contexts, CurrentRecords records, PositionWait wait) {
    this.sets = contexts.sets();
    this.contexts = contexts;
    this.records = records;
    this.wait = wait;
  }

  /// `accounts/$count`
  Answer count(ReadRequest request, String setName) {
    return count(request, sets.require(setName), null);
  }

  /// `accounts(…)/contact_customer_accounts/$count`
  Answer countReferring(ReadRequest request, RecordRef target, EntityModel.Collection those) {
    var set = sets.require(those.columns().entityType().setName());
    return count(request, set, FilterTranslation.refers(those.lookup(), target));
  }

  /// @param among null for all records of the set
  private Answer count(ReadRequest request, SetColumns set, @Nullable Filter among) {
    var options = request.options();
    if (!options.orderBy().isEmpty()
        || options.top() != null
        || options.skipToken() != null
        || options.asOf() != null
        || options.apply() != null
        || options.deltaToken() != null
        || !options.select().isEmpty()
        || !options.expand().isEmpty()) {
      throw BadRequest.query("A count takes $filter only.");
    }
    var filter =
        options.filter() == null
            ? null
            : TypedFilter.of(options.filter(), set.columns(), contexts.of(request));
    var counted = count(set, FilterTranslation.both(among, filter), request.minPosition());
    return Answer.text(Long.toString(counted.count()))
        .with(RecordLists.POSITION, Long.toString(counted.position()));
  }

  private Page.Count count(SetColumns set, @Nullable Filter filter, long minPosition) {
    wait.until(minPosition);
    var counted = records.count(set.type(), filter);
    PositionWait.require(counted.position(), minPosition);
    return counted;
  }

  /// `RetrieveTotalRecordCount`: each count is as of a position of its own.
  Answer total(ReadRequest request, FunctionCall call) {
    SequencedSet<String> names = call.names("EntityNames", request.query());
    var types = names.stream().map(sets::requireType).toList();
    var counts = new ArrayList<Page.Count>(types.size());
    types.forEach(type -> counts.add(count(type, null, request.minPosition())));
    var answer = Answer.json(body(request, List.copyOf(names), counts));
    counts.stream()
        .mapToLong(Page.Count::position)
        .min()
        .ifPresent(position -> answer.with(RecordLists.POSITION, Long.toString(position)));
    return answer;
  }

  private static byte[] body(ReadRequest request, List<String> names, List<Page.Count> counts) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context",
          request.root().url()
              + "$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse");
      json.writeObjectPropertyStart("EntityRecordCountCollection");
      json.writeNumberProperty("Count", names.size());
      json.writeBooleanProperty("IsReadOnly", false);
      json.writeArrayPropertyStart("Keys");
      names.forEach(json::writeString);
      json.writeEndArray();
      writeValues(json, counts);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeValues(JsonGenerator json, List<Page.Count> counts) {
    json.writeArrayPropertyStart("Values");
    counts.forEach(count -> json.writeNumber(count.count()));
    json.writeEndArray();
  }
}
