package io.rowstream.command.eventstore;

import io.rowstream.command.eventstore.OutcomeJson.Outcome;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.ExecuteMultiple;
import io.rowstream.language.command.ExecuteMultiple.Response.Accepted;
import io.rowstream.language.command.ExecuteMultiple.Response.Refused;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/// Sends commands over the bus and answers when their outcome is durable. Blocks; meant for virtual
/// threads. Thread-safe.
public final class DurableCommandGateway {
  /// How often a command is decided again because a state this node had remembered was out of date.
  static final int DECISIONS_MAX = 50;

  private final CommandBus bus;
  private final EntityTypeCatalog types;

  /// @param bus whose handlers run in this process
  /// @param types that those handlers know, brought up to date when a decision was made on less
  public DurableCommandGateway(CommandBus bus, GroupCommit groupCommit, EntityTypeCatalog types) {
    this.bus = bus;
    this.types = types;
    bus.registerHandlerInterceptor(new LoggedDecisions(groupCommit));
  }

  /// @throws RefusedException if the command is refused; nothing was written
  /// @throws AppendFailedException if it was not decided, or it is not known whether it was
  public CommandResult send(Command command, CommandHeader header) {
    MetaData metaData = MetaData.from(Map.of(LoggedDecisions.HEADER, header));
    for (int decisions = 0; decisions < DECISIONS_MAX; decisions++) {
      CommandMessage<Command> message = new GenericCommandMessage<>(command, metaData);
      CommandResultMessage<?> answer = dispatch(message);
      if (!answer.isExceptional()) {
        return ((Decision) answer.getPayload()).result();
      }
      switch (answer.exceptionResult()) {
        // Another node was faster; decide on what is there now.
        case StaleDecisionException stale -> types.catchUp(stale.stream(), stale.version());
        case RepeatedCommandException repeated -> {
          return first(repeated, command, header);
        }
        case LockAcquisitionFailedException e ->
            throw new RefusedException(
                new Refusal.TooBusy("the record is busy: " + e.getMessage()));
        case RuntimeException e -> throw e;
        case Throwable e -> throw new IllegalStateException("a command failed unexpectedly", e);
      }
    }
    throw new RefusedException(new Refusal.TooBusy("the record keeps changing on other nodes"));
  }

  /// Sends commands one after the other. Each is checked, written and durable by itself; after one
  /// that is refused the rest is not sent, unless asked for.
  ///
  /// @param header whose command id names the whole; if it is repeatable, sending the same again
  ///   carries out what is left and answers the same for what was done
  /// @return as many as were sent, in their order
  /// @throws AppendFailedException if one was not decided, or it is not known whether it was; those
  ///   before it were, those after it were not sent
  /// @throws IllegalArgumentException if the command id is longer than
  ///   [CommandHeader#ID_OF_MANY_LENGTH_MAX]; nothing was sent
  public List<ExecuteMultiple.Response> send(ExecuteMultiple commands, CommandHeader header) {
    var responses = new ArrayList<ExecuteMultiple.Response>(commands.members().size());
    for (RecordCommand member : commands.members()) {
      try {
        CommandResult result = send(member, header.ofMember(responses.size() + 1));
        responses.add(new Accepted(result));
      } catch (RefusedException refused) {
        responses.add(new Refused(refused.refusal()));
        if (!commands.continueOnError()) {
          break;
        }
      }
    }
    return List.copyOf(responses);
  }

  private CommandResultMessage<?> dispatch(CommandMessage<Command> message) {
    var answer = new AtomicReference<@Nullable CommandResultMessage<?>>();
    bus.<Command, Object>dispatch(message, (_, result) -> answer.set(result));
    CommandResultMessage<?> result = answer.get();
    if (result == null) {
      throw new IllegalStateException("the bus answers before it returns");
    }
    return result;
  }

  private static CommandResult first(
      RepeatedCommandException repeated, Command command, CommandHeader header) {
    if (!Arrays.equals(repeated.outcome().digest(), CommandDigest.of(command))) {
      throw new RefusedException(new Refusal.CommandIdReused(header.commandId()));
    }
    Outcome outcome = OutcomeJson.read(repeated.outcome().outcome());
    if (outcome.refusal() != null) {
      throw new RefusedException(outcome.refusal());
    }
    return new CommandResult(
        header.commandId(), repeated.outcome().position(), outcome.results(), true);
  }
}
