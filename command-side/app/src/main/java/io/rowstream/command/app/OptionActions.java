package io.rowstream.command.app;

import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.command.Revision;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.OptionSetEvent.OptionSetDefined;
import io.rowstream.odata.definition.OptionAction;
import io.rowstream.odata.definition.OptionAction.Target;
import io.rowstream.odata.json.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carries out the actions on single options. Blocks; meant for virtual threads. Thread-safe.
record OptionActions(EntityTypeCatalog types, RecordWrites writes, RecordLog log) {
  private static final String ORDER = "OrderOption";

  static final Set<String> NAMES =
      Set.of(OptionAction.INSERT, OptionAction.UPDATE, OptionAction.DELETE, ORDER);

  /// @param name one of [#NAMES]
  Answer answer(String name, WriteRequest request) {
    if (name.equals(ORDER)) {
      throw new NotSupportedException("Options are in the order of their numbers.");
    }
    DefinitionWrites.requirePlain(request);
    RowVersion expected = DefinitionWrites.expected(request);
    types.refresh();
    OptionAction action = OptionAction.parse(name, request.body());
    CommandResult result = writes.send(command(action, expected), request);
    return action.change() instanceof OptionChange.Insert(Integer number, _)
        ? inserted(request, number == null ? given(action.target(), result) : number, result)
        : DefinitionWrites.answer(204, result);
  }

  private Command command(OptionAction action, @Nullable RowVersion expected) {
    return switch (action.target()) {
      case Target.Global(String name) ->
          new ReviseOptionSet(
              types.findOptionSet(name).map(OptionSet::name).orElse(name),
              new OptionSetRevision.Change(null, action.change()),
              expected);
      case Target.Own(String entityType, String attribute) ->
          new ReviseEntityType(
              entityType, new Revision.ChangeOptions(attribute, action.change()), expected);
    };
  }

  /// The number an option was given: the highest there was once it was there, also when the same
  /// command is answered again.
  private int given(Target target, CommandResult result) {
    RecordRef stream = result.first().record();
    long version = result.first().rowVersion();
    try (var events = log.between(stream, version - 1, version)) {
      LogEvent event = events.findFirst().orElseThrow().event();
      return switch (target) {
        case Target.Global _ when event instanceof OptionSetDefined(OptionSet set, _) ->
            Collections.max(set.options().keySet());
        case Target.Own(_, String name)
            when event instanceof EntityTypeDefined(EntityType type)
                && type.attribute(name) instanceof Attribute(_, _, Choice(var options, _)) ->
            Collections.max(options.keySet());
        default -> throw new IllegalStateException("no options at version " + version);
      };
    }
  }

  private static Answer inserted(WriteRequest request, int number, CommandResult result) {
    var body = new ByteArrayOutputStream(200);
    try (var json = WireJson.to(body)) {
      json.writeStartObject();
      json.writeStringProperty(
          "@odata.context",
          request.root().url() + "$metadata#Microsoft.Dynamics.CRM.InsertOptionValueResponse");
      json.writeNumberProperty("NewOptionValue", number);
      json.writeEndObject();
    }
    return DefinitionWrites.answer(200, result).with(body.toByteArray());
  }
}
