package io.rowstream.query.app;

import io.rowstream.eventlog.Claims;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.json.RecordImage;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.json.WireValue;
import io.rowstream.odata.query.KeyValues;
import io.rowstream.odata.url.AsOf;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.OfRecord;
import io.rowstream.query.app.EntitySetColumns.SetColumns;
import io.rowstream.query.projections.current.CurrentRecords;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Answers for one record: all of it or one property, as it is or as it was. Thread-safe.
final class SingleRecords {
  private final EntitySetColumns sets;
  private final CurrentRecords records;
  private final RecordLog log;
  private final Claims claims;

  SingleRecords(EntitySetColumns sets, CurrentRecords records, RecordLog log, Claims claims) {
    this.claims = claims;
    this.sets = sets;
    this.records = records;
    this.log = log;
  }

  /// The record a path leads to.
  record Target(SetColumns set, RecordRef record) {}

  Target target(OfRecord path) {
    SetColumns set = sets.require(path.set());
    Key key = path.key();
    UUID id = key instanceof Key.Id(UUID given) ? given : key.idOr(set.type().primaryId());
    return new Target(set, id == null ? holder(set, key) : new RecordRef(set.type().name(), id));
  }

  private RecordRef holder(SetColumns set, Key key) {
    var values = KeyValues.of(set.columns(), key);
    return claims
        .holder(values.claim())
        .orElseThrow(() ->
            new RefusedException(new Refusal.KeyNotFound(set.type().name(), values.key().name())));
  }

  /// The record as it is.
  ///
  /// @param writing where the answer is made
  CompletableFuture<Answer> current(ReadRequest request, Target target, Executor writing) {
    request.requireNoListOptions();
    return records
        .byIdLater(target.record)
        .thenApplyAsync(found -> whole(request, target, existing(target.record, found)), writing);
  }

  /// The record as the request wants it, as it is or as it was. Waits for it.
  RecordState state(ReadRequest request, Target target) {
    request.requireNoListOptions();
    return existing(target.record, find(request.options().asOf(), target.record));
  }

  /// The record as it is, whatever else is asked. Waits for it.
  RecordState existing(Target target) {
    return existing(target.record, records.byId(target.record));
  }

  private Optional<RecordState> find(@Nullable AsOf asOf, RecordRef record) {
    return switch (asOf) {
      case null -> records.byId(record);
      case AsOf.Version(long number) -> log.stateAsOfVersion(record, number);
      case AsOf.Time(var at) -> log.stateAsOfTime(record, at);
    };
  }

  private static RecordState existing(RecordRef record, Optional<RecordState> found) {
    var state = found.orElseThrow(() -> new RefusedException(new Refusal.RecordNotFound(record)));
    if (state.deleted()) {
      throw new RefusedException(
          new Refusal.RecordIsDeleted(
              record, state.version(), state.modifiedBy(), state.modifiedOn()));
    }
    return state;
  }

  Answer whole(ReadRequest request, Target target, RecordState state) {
    String etag = ETag.of(state.version());
    if (isNotModified(request, target, state)) {
      return Answer.empty(304).with("ETag", etag);
    }
    var select = target.set.columns().select(request.options().select());
    Annotations annotations = request.preferences().annotations();
    boolean plain = request.options().select().isEmpty() && annotations.patterns().isEmpty();
    var json = plain ? target.set.allColumns() : new RecordJson(select, annotations);
    String context =
        request
            .root()
            .contextOfRecord(
                target.set.type().setName(),
                request.options().select().isEmpty() ? List.of() : select);
    return Answer.json(json.body(context, image(state))).with("ETag", etag);
  }

  // As Dataverse has it: not where versions are not checked, nor when more than the record itself
  // is asked for.
  private static boolean isNotModified(ReadRequest request, Target target, RecordState state) {
    return request.ifNoneMatch().matches(state.version())
        && target.set.type().policies().optimisticConcurrency()
        && request.preferences().annotations().patterns().isEmpty();
  }

  /// `accounts(…)/name`; without a value nothing is answered, and said so.
  Answer property(ReadRequest request, Target target, String name) {
    Column column = column(target, name);
    var state = state(request, target);
    Value value = image(state).value(column);
    if (value.isEmpty()) {
      return Answer.empty(204);
    }
    String context =
        request.root().contextOfProperty(target.set.type().setName(), target.record.id(), column);
    return Answer.json(RecordJson.property(context, value)).with("ETag", ETag.of(state.version()));
  }

  /// `accounts(…)/name/$value`
  Answer propertyText(ReadRequest request, Target target, String name) {
    Column column = column(target, name);
    Value value = image(state(request, target)).value(column);
    return value.isEmpty() ? Answer.empty(204) : Answer.text(WireValue.text(value));
  }

  private static Column column(Target target, String name) {
    Column column = target.set.columns().find(name);
    if (column != null) {
      return column;
    }
    throw new NotFoundException(name);
  }

  static RecordImage image(RecordState state) {
    return new RecordImage(
        state.record(),
        state.version(),
        state.values(),
        state.createdOn(),
        state.createdBy(),
        state.modifiedOn(),
        state.modifiedBy());
  }
}
