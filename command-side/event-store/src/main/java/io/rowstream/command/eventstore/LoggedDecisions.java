package io.rowstream.command.eventstore;

import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.Decided;
import io.rowstream.language.refusal.RefusedException;
import java.util.Objects;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Leads every decision of a command handler through the log. Thread-safe.
final class LoggedDecisions implements MessageHandlerInterceptor<CommandMessage<?>> {
  static final String HEADER = "header";

  private final GroupCommit groupCommit;

  LoggedDecisions(GroupCommit groupCommit) {
    this.groupCommit = groupCommit;
  }

  /// @return the [Decision], complete once the unit of work has committed
  @Override
  public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
      throws Exception {
    CommandMessage<?> message = unitOfWork.getMessage();
    var header =
        (CommandHeader)
            Objects.requireNonNull(message.getMetaData().get(HEADER), "a command has a header");
    byte[] digest =
        header.repeatable() ? CommandDigest.of((Command) message.getPayload()) : new byte[0];
    var decision = new Decision(groupCommit, header, digest);
    decision.bindTo(unitOfWork);
    try {
      decision.accept((Decided) chain.proceed());
    } catch (RefusedException e) {
      decision.confirmRefused(e);
      throw e;
    }
    unitOfWork.onPrepareCommit(_ -> decision.confirmAccepted());
    return decision;
  }
}
