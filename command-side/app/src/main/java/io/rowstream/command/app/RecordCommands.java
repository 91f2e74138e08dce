package io.rowstream.command.app;

import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.json.RestorePayload;
import io.rowstream.odata.query.Expansion;
import io.rowstream.odata.query.QueryContext;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.Member;
import io.rowstream.odata.url.ResourcePath.RecordRestore;
import io.rowstream.odata.url.ResourcePath.RecordSet;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;

/// What writes of the dialect mean as commands. Thread-safe.
record RecordCommands(EntitySetColumns sets, RecordLog recordLog) {

  /// One or more commands; the first one is on the record the request is about.
  ///
  /// @param newId asked for when a create gives no id
  /// @throws BadRequest or [io.rowstream.language.refusal.RefusedException] if the request means no
  ///   command
  List<RecordCommand> of(WriteRequest request, Supplier<UUID> newId) {
    requireOptionsOfAnswer(request);
    HttpMethod method = request.method();
    return switch (request.path()) {
      case RecordSet(String set) when method.equals(HttpMethod.POST) ->
          create(request, columns(request, set), Map.of(), newId);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.PATCH) ->
          upsert(request, address(request, set, key), newId);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.DELETE) -> {
        var address = address(request, set, key);
        Expectation expected = expected(request, address);
        yield List.of(address.command(newId, record -> new DeleteRecord(record, expected)));
      }
      case Member(String set, Key key, String name) when method.equals(HttpMethod.PUT) ->
          set(request, address(request, set, key), name, newId);
      case Member(String set, Key key, String name) when method.equals(HttpMethod.DELETE) -> {
        var address = address(request, set, key);
        yield update(
            request, address, RecordPayload.clearing(address.columns(), name).values(), newId);
      }
      case RecordRestore(String set, Key key) when method.equals(HttpMethod.POST) -> {
        var address = address(request, set, key);
        Expectation expected = expected(request, address);
        var as = new RowVersion(RestorePayload.version(request.body()));
        yield List.of(address.command(newId, record -> new RestoreRecord(record, as, expected)));
      }
      default -> new ReferenceCommands(this, request, newId).commands();
    };
  }

  /// @param reference what the new record refers to because of where it is posted
  List<RecordCommand> create(
      WriteRequest request, Columns columns, Map<String, Value> reference, Supplier<UUID> newId) {
    if (!(request.ifMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-Match has no meaning for a create.");
    }
    var payload = RecordPayload.forCreate(request.body(), columns, referable(request));
    UUID id = payload.id() == null ? newId.get() : payload.id();
    var record = new RecordRef(columns.entityType().name(), id);
    return new DeepWrite(newId, ConcurrencyBehavior.DEFAULT, true)
        .commands(record, payload, reference, values -> new CreateRecord(record, values));
  }

  private List<RecordCommand> upsert(
      WriteRequest request, RecordAddress address, Supplier<UUID> newId) {
    var payload =
        RecordPayload.forUpdate(
            request.body(), address.columns(), referable(request), address.id());
    Expectation expected = expected(request, address);
    boolean creating = request.ifNoneMatch() instanceof Condition.Any;
    RecordRef record = address.record(sets, payload, newId);
    return new DeepWrite(newId, expected.behavior(), creating)
        .commands(
            record,
            payload,
            Map.of(),
            values ->
                address.command(() -> record.id(), ref -> upsert(request, ref, values, expected)));
  }

  private static RecordCommand upsert(
      WriteRequest request, RecordRef record, Map<String, Value> values, Expectation expected) {
    if (request.ifNoneMatch() instanceof Condition.Any) {
      return new CreateRecord(record, values);
    }
    return request.ifMatch() instanceof Condition.None
        ? new UpsertRecord(record, values, expected)
        : new UpdateRecord(record, values, expected);
  }

  private List<RecordCommand> set(
      WriteRequest request, RecordAddress address, String name, Supplier<UUID> newId) {
    var payload =
        RecordPayload.forProperty(request.body(), address.columns(), referable(request), name);
    return update(request, address, payload.values(), newId);
  }

  List<RecordCommand> update(
      WriteRequest request,
      RecordAddress address,
      Map<String, Value> values,
      Supplier<UUID> newId) {
    Expectation expected = expected(request, address);
    return List.of(address.command(newId, record -> new UpdateRecord(record, values, expected)));
  }

  EntitySets referable(WriteRequest request) {
    return request.references() == null ? sets : request.references().in(sets);
  }

  RecordAddress address(WriteRequest request, String set, Key key) {
    return RecordAddress.of(columns(request, set), key);
  }

  /// Whatever `$select` and `$expand` name is there: the answer comes too late to refuse it.
  private Columns columns(WriteRequest request, String set) {
    Columns columns = sets.require(set);
    columns.select(request.options().select());
    if (!request.options().expand().isEmpty()) {
      var anybody = new QueryContext(sets, new UUID(0, 0), Instant.EPOCH);
      Expansion.of(request.options().expand(), columns, anybody);
    }
    return columns;
  }

  private Expectation expected(WriteRequest request, RecordAddress address) {
    return Expectations.of(request, address.version(sets, recordLog));
  }

  private static void requireOptionsOfAnswer(WriteRequest request) {
    var options = request.options();
    if (options.filter() != null
        || !options.orderBy().isEmpty()
        || options.top() != null
        || options.count()
        || options.skipToken() != null
        || options.asOf() != null
        || options.deltaToken() != null
        || options.apply() != null) {
      throw BadRequest.query("A write takes no query option but $select and $expand.");
    }
  }
}
