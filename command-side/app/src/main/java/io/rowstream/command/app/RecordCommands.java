package io.rowstream.command.app;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.json.RestorePayload;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.Member;
import io.rowstream.odata.url.ResourcePath.RecordRestore;
import io.rowstream.odata.url.ResourcePath.RecordSet;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;

/// What writes of the dialect mean as commands. Thread-safe.
record RecordCommands(EntitySetColumns sets, RecordLog recordLog) {

  /// @param newId asked for when a create gives no id
  /// @throws BadRequest or [RefusedException] if the request means no command
  RecordCommand of(WriteRequest request, Supplier<UUID> newId) {
    requireSelectOnly(request);
    HttpMethod method = request.method();
    return switch (request.path()) {
      case RecordSet(String set) when method.equals(HttpMethod.POST) -> create(request, set, newId);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.PATCH) ->
          upsert(request, set, key);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.DELETE) ->
          new DeleteRecord(
              record(columns(request, set), key), Expectations.of(request, current(set, key)));
      case Member(String set, Key key, String name) when method.equals(HttpMethod.PUT) -> {
        Columns columns = columns(request, set);
        var payload = RecordPayload.forProperty(request.body(), columns, referable(request), name);
        yield new UpdateRecord(
            record(columns, key), payload.values(), Expectations.of(request, current(set, key)));
      }
      case Member(String set, Key key, String name) when method.equals(HttpMethod.DELETE) -> {
        Columns columns = columns(request, set);
        var payload = RecordPayload.clearing(columns, name);
        yield new UpdateRecord(
            record(columns, key), payload.values(), Expectations.of(request, current(set, key)));
      }
      case RecordRestore(String set, Key key) when method.equals(HttpMethod.POST) ->
          new RestoreRecord(
              record(columns(request, set), key),
              new RowVersion(RestorePayload.version(request.body())),
              Expectations.of(request, current(set, key)));
      default -> throw new MethodNotAllowedException();
    };
  }

  private CreateRecord create(WriteRequest request, String set, Supplier<UUID> newId) {
    if (!(request.ifMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-Match has no meaning for a create.");
    }
    Columns columns = columns(request, set);
    var payload = RecordPayload.forCreate(request.body(), columns, referable(request));
    UUID id = payload.id() == null ? newId.get() : payload.id();
    return new CreateRecord(new RecordRef(columns.entityType().name(), id), payload.values());
  }

  private RecordCommand upsert(WriteRequest request, String set, Key key) {
    Columns columns = columns(request, set);
    RecordRef record = record(columns, key);
    var values =
        RecordPayload.forUpdate(request.body(), columns, referable(request), record.id()).values();
    var expected = Expectations.of(request, current(set, key));
    if (request.ifNoneMatch() instanceof Condition.Any) {
      return new CreateRecord(record, values);
    }
    return request.ifMatch() instanceof Condition.None
        ? new UpsertRecord(record, values, expected)
        : new UpdateRecord(record, values, expected);
  }

  private EntitySets referable(WriteRequest request) {
    return request.references() == null ? sets : request.references().in(sets);
  }

  private static RecordRef record(Columns columns, Key key) {
    UUID id = key.idOr(columns.primaryId().wireName());
    if (id == null) {
      throw new BadRequest(
          ErrorCode.BAD_QUERY,
          "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM."
              + columns.entityType().name()
              + "'.");
    }
    return new RecordRef(columns.entityType().name(), id);
  }

  /// Whatever `$select` names is there: the answer comes too late to refuse it.
  private Columns columns(WriteRequest request, String set) {
    Columns columns = sets.require(set);
    columns.select(request.options().select());
    return columns;
  }

  /// The version the record is at, asked only when a condition names several.
  private Supplier<Long> current(String set, Key key) {
    return () ->
        recordLog.state(record(sets.require(set), key)).map(RecordState::version).orElse(-1L);
  }

  private static void requireSelectOnly(WriteRequest request) {
    var options = request.options();
    if (options.filter() != null
        || !options.orderBy().isEmpty()
        || options.top() != null
        || options.count()
        || !options.expand().isEmpty()
        || options.skipToken() != null
        || options.deltaToken() != null
        || options.asOf() != null) {
      throw BadRequest.query("A write takes no query option but $select.");
    }
  }
}
