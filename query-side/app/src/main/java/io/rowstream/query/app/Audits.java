package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.audit.AuditColumn;
import io.rowstream.odata.audit.AuditQuery;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.json.WireJson;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.BoundFunction;
import io.rowstream.query.projections.history.AuditTrail;
import io.rowstream.query.projections.history.AuditTrail.Audit;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers for `audits`: what has happened to records of all entity types whose history is shown,
/// straight from the log. Thread-safe; callers wait for PostgreSQL.
final class Audits {
  static final String SET = "audits";

  private static final String TYPE = "audit";
  private static final String DETAILS = "RetrieveAuditDetails";
  private static final int AUDIT_BYTES = 768;

  private final EntitySetColumns sets;
  private final AuditTrail trail;
  private final AuditJson json;

  Audits(EntitySetColumns sets, AuditTrail trail, AuditJson json) {
    this.sets = sets;
    this.trail = trail;
    this.json = json;
  }

  /// `audits?$filter=…`
  Answer list(ReadRequest request) {
    var query = AuditQuery.of(request.options());
    Paging paging = Paging.of(request, AuditTrail.PAGE_SIZE_MAX);
    var page =
        paging.isEmpty()
            ? new AuditTrail.Page(List.of(), null)
            : page(request, query, paging.limit());
    var bytes = new ByteArrayOutputStream(256 + page.audits().size() * AUDIT_BYTES);
    try (var out = WireJson.to(bytes)) {
      out.writeStartObject();
      out.writeStringProperty("@odata.context", context(request, query.select()));
      out.writeArrayPropertyStart("value");
      page.audits().forEach(audit -> json.writeRow(out, audit, columns(audit), query.select()));
      out.writeEndArray();
      String next = nextLink(request, page, paging);
      if (next != null) {
        out.writeStringProperty("@odata.nextLink", next);
      }
      out.writeEndObject();
    }
    return Answer.json(bytes.toByteArray());
  }

  private AuditTrail.Page page(ReadRequest request, AuditQuery query, int limit) {
    if (query.equal().get(AuditColumn.ID) instanceof UUID id) {
      return new AuditTrail.Page(
          trail.find(id).filter(audit -> matches(query, audit)).stream().toList(), null);
    }
    return trail.page(
        new AuditTrail.Query(
            query.equal().get(AuditColumn.OBJECT) instanceof UUID object ? object : null,
            query.from(),
            query.until(),
            query.newestFirst(),
            position(request.options().skipToken()),
            audit -> matches(query, audit)),
        limit);
  }

  private boolean matches(AuditQuery query, Audit audit) {
    return isShown(audit)
        && !audit.entry().on().isBefore(query.from())
        && audit.entry().on().isBefore(query.until())
        && query.equal().entrySet().stream()
            .allMatch(each -> each.getValue().equals(value(each.getKey(), audit)));
  }

  private boolean isShown(Audit audit) {
    Columns columns = sets.ofType(audit.record().entityType());
    return columns != null && columns.entityType().policies().audit();
  }

  private static @Nullable Object value(AuditColumn column, Audit audit) {
    return switch (column) {
      case ID -> audit.id();
      case OBJECT -> audit.record().id();
      case OBJECT_TYPE -> audit.record().entityType();
      case USER -> audit.entry().by();
      case OPERATION, ACTION -> AuditJson.operation(audit.entry());
      case TRANSACTION -> AuditJson.transaction(audit.entry());
      case CREATED_ON, CALLING_USER, ATTRIBUTE_MASK, CHANGE_DATA -> null;
    };
  }

  private static @Nullable Long position(@Nullable String token) {
    if (token == null) {
      return null;
    }
    if (token.length() > 18 || !token.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw BadRequest.query("The $skiptoken is damaged or belongs to another query.");
    }
    return Long.valueOf(token);
  }

  private static String context(ReadRequest request, Set<AuditColumn> select) {
    String shown =
        request.options().select().isEmpty()
            ? ""
            : select.stream()
                .sorted()
                .map(AuditColumn::wireName)
                .collect(Collectors.joining(",", "(", ")"));
    return request.root().url() + "$metadata#" + SET + shown;
  }

  private static @Nullable String nextLink(
      ReadRequest request, AuditTrail.Page page, Paging paging) {
    Long next = page.next();
    String options =
        next == null ? null : paging.next(request, page.audits().size(), next.toString());
    return options == null ? null : request.root().url() + SET + "?" + options;
  }

  /// `audits(…)`
  Answer one(ReadRequest request, Key key) {
    request.requireNoListOptions();
    var select = AuditQuery.of(request.options()).select();
    Audit audit = require(key);
    var bytes = new ByteArrayOutputStream(AUDIT_BYTES);
    try (var out = WireJson.to(bytes)) {
      out.writeStartObject();
      out.writeStringProperty("@odata.context", context(request, select) + "/$entity");
      json.writeMembers(out, audit, columns(audit), select);
      out.writeEndObject();
    }
    return Answer.json(bytes.toByteArray());
  }

  /// `audits(…)/Microsoft.Dynamics.CRM.RetrieveAuditDetails`
  Answer details(ReadRequest request, BoundFunction call) {
    if (!call.set().equals(SET) || !call.name().equals(DETAILS)) {
      throw new NotFoundException(call.name());
    }
    if (request.query() != null && !request.query().isEmpty()) {
      throw BadRequest.query(DETAILS + " takes no query options.");
    }
    Audit audit = require(call.key());
    var bytes = new ByteArrayOutputStream(AUDIT_BYTES);
    try (JsonGenerator out = WireJson.to(bytes)) {
      out.writeStartObject();
      out.writeStringProperty(
          "@odata.context",
          request.root().url() + "$metadata#Microsoft.Dynamics.CRM." + DETAILS + "Response");
      out.writeName("AuditDetail");
      json.writeDetail(out, audit, columns(audit), null);
      out.writeEndObject();
    }
    return Answer.json(bytes.toByteArray());
  }

  private Audit require(Key key) {
    UUID id = key.idOr(AuditColumn.ID.wireName());
    if (id == null) {
      throw BadRequest.query("An audit is known by its auditid only.");
    }
    return trail
        .find(id)
        .filter(this::isShown)
        .orElseThrow(
            () -> new RefusedException(new Refusal.RecordNotFound(new RecordRef(TYPE, id))));
  }

  private Columns columns(Audit audit) {
    return sets.requireType(audit.record().entityType()).columns();
  }
}
