package io.rowstream.command.app;

import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.json.RecordImage;
import io.rowstream.odata.json.RecordJson;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.Member;
import io.rowstream.odata.url.ResourcePath.RecordSet;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;

/// Turns writes of the dialect into commands and their results into answers. Blocks; meant for
/// virtual threads. Thread-safe.
final class RecordWrites {
  private final DurableCommandGateway gateway;
  private final EntitySetColumns sets;
  private final SystemUsers users;
  private final RecordLog recordLog;
  private final Supplier<UUID> ids;

  RecordWrites(
      DurableCommandGateway gateway,
      EntitySetColumns sets,
      SystemUsers users,
      RecordLog recordLog,
      Supplier<UUID> ids) {
    this.gateway = gateway;
    this.sets = sets;
    this.users = users;
    this.recordLog = recordLog;
    this.ids = ids;
  }

  Answer answer(WriteRequest request) {
    requireSelectOnly(request);
    RecordCommand command = command(request);
    String commandId =
        request.idempotencyKey() == null ? ids.get().toString() : request.idempotencyKey();
    var header =
        new CommandHeader(
            commandId,
            request.idempotencyKey() != null,
            request.clientId(),
            users.caller(request.caller()));
    return answer(request, command, gateway.send(command, header));
  }

  private RecordCommand command(WriteRequest request) {
    HttpMethod method = request.method();
    return switch (request.path()) {
      case RecordSet(String set) when method.equals(HttpMethod.POST) -> create(request, set);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.PATCH) ->
          upsert(request, set, key);
      case SingleRecord(String set, Key key) when method.equals(HttpMethod.DELETE) ->
          new DeleteRecord(
              record(sets.require(set), key), Expectations.of(request, current(set, key)));
      case Member(String set, Key key, String name) when method.equals(HttpMethod.PUT) -> {
        Columns columns = sets.require(set);
        var payload = RecordPayload.forProperty(request.body(), columns, sets, name);
        yield new UpdateRecord(
            record(columns, key), payload.values(), Expectations.of(request, current(set, key)));
      }
      case Member(String set, Key key, String name) when method.equals(HttpMethod.DELETE) -> {
        Columns columns = sets.require(set);
        var payload = RecordPayload.clearing(columns, name);
        yield new UpdateRecord(
            record(columns, key), payload.values(), Expectations.of(request, current(set, key)));
      }
      default -> throw new MethodNotAllowedException();
    };
  }

  private CreateRecord create(WriteRequest request, String set) {
    if (!(request.ifMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-Match has no meaning for a create.");
    }
    Columns columns = sets.require(set);
    var payload = RecordPayload.forCreate(request.body(), columns, sets);
    UUID id = payload.id() == null ? ids.get() : payload.id();
    return new CreateRecord(new RecordRef(columns.entityType().name(), id), payload.values());
  }

  private RecordCommand upsert(WriteRequest request, String set, Key key) {
    Columns columns = sets.require(set);
    RecordRef record = record(columns, key);
    var values = RecordPayload.forUpdate(request.body(), columns, sets, record.id()).values();
    var expected = Expectations.of(request, current(set, key));
    if (request.ifNoneMatch() instanceof Condition.Any) {
      return new CreateRecord(record, values);
    }
    return request.ifMatch() instanceof Condition.None
        ? new UpsertRecord(record, values, expected)
        : new UpdateRecord(record, values, expected);
  }

  private RecordRef record(Columns columns, Key key) {
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
        || options.skipToken() != null
        || options.asOf() != null) {
      throw BadRequest.query("A write takes no query option but $select.");
    }
  }

  private Answer answer(WriteRequest request, RecordCommand command, CommandResult result) {
    RecordResult written = result.first();
    Columns columns = sets.columns(written.record().entityType());
    String set = columns.entityType().setName();
    boolean created = written.created() && !(command instanceof DeleteRecord);
    boolean representation =
        request.preferences().returnRepresentation() && !(command instanceof DeleteRecord);
    Answer answer =
        Answer.of(representation ? created ? 201 : 200 : 204)
            .with("Rowstream-Position", Long.toString(result.position()))
            .with("Rowstream-Command-Id", result.commandId());
    if (!(command instanceof DeleteRecord)) {
      answer.with("ETag", ETag.of(written.rowVersion()));
    }
    if (!representation) {
      return command instanceof DeleteRecord
          ? answer
          : answer.with("OData-EntityId", request.root().ofRecord(set, written.record().id()));
    }
    var select = columns.select(request.options().select());
    var json = new RecordJson(select, request.preferences().annotations());
    String context =
        request
            .root()
            .contextOfRecord(set, request.options().select().isEmpty() ? List.of() : select);
    return answer
        .with("Preference-Applied", "return=representation")
        .with(json.body(context, image(written)));
  }

  private RecordImage image(RecordResult written) {
    RecordState state =
        recordLog
            .stateAsOfVersion(written.record(), written.rowVersion())
            .orElseThrow(() -> new IllegalStateException("a durable version is not in the log"));
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
