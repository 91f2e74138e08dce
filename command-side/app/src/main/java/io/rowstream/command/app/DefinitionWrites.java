package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.Revision;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.ETag;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.ResourcePath.Definitions;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// Carries out writes of definitions. Blocks; meant for virtual threads. Thread-safe.
record DefinitionWrites(EntityTypeCatalog types, RecordWrites writes) {

  /// What a request asks for.
  ///
  /// @param command by the version its `If-Match` names
  /// @param place what it makes or changes, below the service root; null if it is to go
  record Wanted(Function<@Nullable RowVersion, Command> command, @Nullable String place) {

    Wanted(String entityType, Revision revision, @Nullable String place) {
      this(expected -> new ReviseEntityType(entityType, revision, expected), place);
    }
  }

  /// @param steps of the request's path
  Answer answer(WriteRequest request, List<Definitions.Step> steps) {
    requirePlain(request);
    RowVersion expected = expected(request);
    // Definitions of other nodes count from the moment they are in the log.
    types.refresh();
    Wanted wanted = commands(steps.getFirst()).apply(new DefinitionRequest(request, steps));
    Answer answer = answer(204, writes.send(wanted.command.apply(expected), request));
    return wanted.place == null
        ? answer
        : answer.with("OData-EntityId", request.root().url() + wanted.place);
  }

  static Answer answer(int status, CommandResult result) {
    return Answer.of(status)
        .with("Rowstream-Position", Long.toString(result.position()))
        .with("Rowstream-Command-Id", result.commandId())
        .with("ETag", ETag.of(result.first().rowVersion()));
  }

  /// @param steps of its path
  record DefinitionRequest(WriteRequest request, List<Definitions.Step> steps) {

    HttpMethod method() {
      return request.method();
    }

    byte[] body() {
      return request.body();
    }
  }

  private Function<DefinitionRequest, Wanted> commands(Definitions.Step root) {
    return switch (root.name()) {
      case Definitions.ROOT -> new DefinitionCommands(types)::wanted;
      case Definitions.RELATIONSHIPS -> new RelationshipCommands(types)::wanted;
      case Definitions.OPTION_SETS -> new OptionSetCommands(types)::wanted;
      default -> throw new MethodNotAllowedException();
    };
  }

  static void requirePlain(WriteRequest request) {
    if (!request.options().equals(QueryOptions.NONE) || request.relatedId() != null) {
      throw BadRequest.query("A write of a definition takes no query options.");
    }
    if (!(request.ifNoneMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-None-Match has no meaning for definitions.");
    }
  }

  static @Nullable RowVersion expected(WriteRequest request) {
    return switch (request.ifMatch()) {
      case Condition.None _, Condition.Any _ -> null;
      case Condition.Versions(var versions) when versions.size() == 1 ->
          new RowVersion(versions.getFirst());
      case Condition.Versions _ -> throw BadRequest.query("If-Match names one version here.");
    };
  }
}
