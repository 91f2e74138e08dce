package io.rowstream.query.app;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.json.WireValue;
import io.rowstream.odata.text.TimeText;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.SortKey;
import io.rowstream.query.app.SingleRecords.Target;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.history.History;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers what has happened to one record, also to one that is deleted, the latest first unless
/// `$orderby=rowVersion` turns it round. Thread-safe; callers wait for PostgreSQL.
final class Histories {
  private static final String ROW_VERSION = "rowVersion";
  private static final int CHANGE_BYTES = 512;

  private final CurrentRecords records;
  private final History history;
  private final Callers callers;

  Histories(CurrentRecords records, History history, Callers callers) {
    this.records = records;
    this.history = history;
    this.callers = callers;
  }

  Answer history(ReadRequest request, Target target) {
    requireShown(target.set().type());
    boolean newestFirst = newestFirst(request.options());
    RecordState now =
        records
            .byId(target.record())
            .orElseThrow(() -> new RefusedException(new Refusal.RecordNotFound(target.record())));
    Paging paging = Paging.of(request, History.PAGE_SIZE_MAX);
    long from = from(request.options(), newestFirst ? now.version() : 0);
    History.Page page =
        paging.isEmpty()
            ? new History.Page(List.of(), null)
            : page(now, newestFirst, from, paging.limit());
    return Answer.json(body(request, target, page, paging));
  }

  private History.Page page(RecordState now, boolean newestFirst, long from, int limit) {
    return newestFirst
        ? history.newestFirst(now.record(), Math.min(from, now.version()), limit)
        : history.oldestFirst(now.record(), from, limit);
  }

  /// @throws BadRequest if the entity type's policy is to show no history
  static void requireShown(EntityType type) {
    if (!type.policies().audit()) {
      throw BadRequest.query("The history of entity type '" + type.name() + "' is not shown.");
    }
  }

  private static boolean newestFirst(QueryOptions options) {
    if (options.filter() != null
        || !options.select().isEmpty()
        || options.count()
        || options.deltaToken() != null
        || options.asOf() != null) {
      throw BadRequest.query("A history takes $top, $orderby and $skiptoken only.");
    }
    List<SortKey> order = options.orderBy();
    if (order.isEmpty()) {
      return true;
    }
    if (order.size() > 1 || !order.getFirst().path().text().equals(ROW_VERSION)) {
      throw BadRequest.query("A history is ordered by " + ROW_VERSION + " only.");
    }
    return order.getFirst().descending();
  }

  private static long from(QueryOptions options, long first) {
    String token = options.skipToken();
    if (token == null) {
      return first;
    }
    if (token.length() > 18 || !token.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw BadRequest.query("The $skiptoken is damaged or belongs to another query.");
    }
    return Long.parseLong(token);
  }

  private byte[] body(ReadRequest request, Target target, History.Page page, Paging paging) {
    var bytes = new ByteArrayOutputStream(256 + page.entries().size() * CHANGE_BYTES);
    try (var json = WireJson.to(bytes)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context", request.root().url() + "$metadata#Collection(rowstream.change)");
      json.writeArrayPropertyStart("value");
      page.entries().forEach(entry -> write(json, target.set().columns(), entry));
      json.writeEndArray();
      String next = nextLink(request, target, page, paging);
      if (next != null) {
        json.writeStringProperty("@odata.nextLink", next);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static @Nullable String nextLink(
      ReadRequest request, Target target, History.Page page, Paging paging) {
    Long next = page.next();
    String options =
        next == null ? null : paging.next(request, page.entries().size(), next.toString());
    String set = target.set().type().setName();
    return options == null
        ? null
        : "%s%s(%s)/rowstream.history?%s"
            .formatted(request.root().url(), set, target.record().id(), options);
  }

  private void write(JsonGenerator json, Columns columns, History.Entry entry) {
    json.writeStartObject();
    json.writeNumberProperty(ROW_VERSION, entry.version());
    json.writeNumberProperty("position", entry.position());
    json.writeStringProperty("committedOn", TimeText.precise(entry.on()));
    json.writeStringProperty("commandId", entry.commandId());
    if (entry.clientId() != null) {
      json.writeStringProperty("clientId", entry.clientId());
    }
    json.writeObjectPropertyStart("actor");
    json.writeStringProperty("id", entry.by().toString());
    json.writeStringProperty("fullname", callers.fullname(entry.by()));
    json.writeEndObject();
    json.writeStringProperty("operation", entry.operation().name().toLowerCase(Locale.ROOT));
    if (entry.restoredFrom() != null) {
      json.writeNumberProperty("restoredFrom", entry.restoredFrom());
    }
    json.writeObjectPropertyStart("attributes");
    new TreeMap<>(entry.changes())
        .forEach((name, change) -> WireValue.writeChange(json, name, change));
    json.writeEndObject();
    json.writeBooleanProperty("merged", entry.merged());
    json.writeBooleanProperty("forced", entry.forced());
    if (!entry.overwrote().isEmpty()) {
      json.writeArrayPropertyStart("overwrote");
      new TreeSet<>(entry.overwrote()).forEach(name -> json.writeString(columns.wireNameOf(name)));
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
