package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.audit.HistoryCall;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.url.FunctionCall;
import io.rowstream.query.app.SingleRecords.Target;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.history.AuditTrail.Audit;
import io.rowstream.query.projections.history.History;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers `RetrieveRecordChangeHistory` and `RetrieveAttributeChangeHistory`, the latest change
/// first. Thread-safe; callers wait for PostgreSQL.
///
/// Pages by number shift when the record changes in between; pages by cookie do not.
final class ChangeHistories {

  /// The highest number of a page of an attribute's changes, all before which have to be read.
  private static final int ATTRIBUTE_PAGE_MAX = 100;

  private static final int CHANGE_BYTES = 1_024;

  private final EntitySetColumns sets;
  private final SingleRecords singles;
  private final CurrentRecords records;
  private final History history;
  private final AuditJson json;

  ChangeHistories(
      EntitySetColumns sets,
      SingleRecords singles,
      CurrentRecords records,
      History history,
      AuditJson json) {
    this.sets = sets;
    this.singles = singles;
    this.records = records;
    this.history = history;
    this.json = json;
  }

  Answer answer(ReadRequest request, FunctionCall call) {
    var asked = HistoryCall.of(call, request.query());
    Target target = target(asked);
    Histories.requireShown(target.set().type());
    String attribute = asked.attribute();
    if (attribute != null && target.set().type().attribute(attribute) == null) {
      throw BadRequest.query(
          Quoted.of(target.set().type().name())
              + " has no attribute named "
              + Quoted.of(attribute)
              + ".");
    }
    long version =
        records
            .byId(target.record())
            .orElseThrow(() -> new RefusedException(new Refusal.RecordNotFound(target.record())))
            .version();
    History.Page page = page(asked, target.record(), version);
    long total = asked.counted() ? total(asked, target.record(), version) : -1;
    return Answer.json(body(request, call, asked, target, page, total));
  }

  private Target target(HistoryCall asked) {
    return switch (asked.target()) {
      case HistoryCall.Target.Path(var path) -> singles.target(path);
      case HistoryCall.Target.Typed(var type, var id) ->
          new Target(sets.requireType(type), new RecordRef(type, id));
    };
  }

  private History.Page page(HistoryCall asked, RecordRef record, long version) {
    Long from = asked.cookie();
    if (from == null) {
      from = first(asked, record, version);
    } else if (from > version) {
      throw BadRequest.query("The PagingCookie is damaged.");
    }
    if (from == null) {
      return new History.Page(List.of(), null);
    }
    String attribute = asked.attribute();
    return attribute == null
        ? history.newestFirst(record, from, asked.count())
        : history.ofAttribute(record, attribute, from, asked.count());
  }

  /// Where a page begins that goes by its number; null behind the last one.
  private @Nullable Long first(HistoryCall asked, RecordRef record, long version) {
    String attribute = asked.attribute();
    if (attribute == null) {
      long from = version - (asked.page() - 1L) * asked.count();
      return from < 0 ? null : from;
    }
    if (asked.page() > ATTRIBUTE_PAGE_MAX) {
      throw BadRequest.query(
          "Beyond page " + ATTRIBUTE_PAGE_MAX + " one goes on with the PagingCookie.");
    }
    Long from = version;
    for (int page = 1; page < asked.page() && from != null; page++) {
      from = history.ofAttribute(record, attribute, from, asked.count()).next();
    }
    return from;
  }

  /// @return -1 if there are too many versions to look at for it
  private long total(HistoryCall asked, RecordRef record, long version) {
    String attribute = asked.attribute();
    if (attribute == null) {
      return version + 1;
    }
    if (version >= History.VERSIONS_LOOKED_AT_MAX) {
      return -1;
    }
    long total = 0;
    for (Long from = version; from != null; ) {
      var page = history.ofAttribute(record, attribute, from, History.PAGE_SIZE_MAX);
      total += page.entries().size();
      from = page.next();
    }
    return total;
  }

  private byte[] body(
      ReadRequest request,
      FunctionCall call,
      HistoryCall asked,
      Target target,
      History.Page page,
      long total) {
    var bytes = new ByteArrayOutputStream(256 + page.entries().size() * CHANGE_BYTES);
    try (var out = WireJson.to(bytes)) {
      out.writeStartObject();
      out.writeStringProperty(
          "@odata.context",
          request.root().url() + "$metadata#Microsoft.Dynamics.CRM." + call.name() + "Response");
      out.writeObjectPropertyStart("AuditDetailCollection");
      Long next = page.next();
      out.writeBooleanProperty("MoreRecords", next != null);
      out.writeStringProperty("PagingCookie", next == null ? "" : next.toString());
      out.writeNumberProperty("TotalRecordCount", total);
      out.writeArrayPropertyStart("AuditDetails");
      page.entries().forEach(entry -> writeDetail(out, asked, target, entry));
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void writeDetail(
      JsonGenerator out, HistoryCall asked, Target target, History.Entry entry) {
    var audit = new Audit(target.record(), entry);
    json.writeDetail(out, audit, target.set().columns(), asked.attribute());
  }
}
