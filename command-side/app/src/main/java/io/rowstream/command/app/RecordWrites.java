package io.rowstream.command.app;

import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.RecordCommand;
import java.util.List;

/// Carries out writes of the dialect. Blocks; meant for virtual threads. Thread-safe.
record RecordWrites(
    DurableCommandGateway gateway,
    RecordCommands commands,
    WriteAnswers answers,
    SystemUsers users,
    NewRecordIds ids) {

  Answer answer(WriteRequest request) {
    List<RecordCommand> rows = commands.of(request, ids.of(request.idempotencyKey(), 0));
    CommandResult result = send(rows.size() == 1 ? rows.getFirst() : new ChangeSet(rows), request);
    return answers.of(request, result.first(), result);
  }

  /// @param request whose headers say on whose behalf and under which id
  CommandResult send(Command command, WriteRequest request) {
    String key = request.idempotencyKey();
    var header =
        new CommandHeader(
            key == null ? ids.fresh().get().toString() : key,
            key != null,
            request.clientId(),
            users.caller(request.caller()));
    return gateway.send(command, header);
  }
}
