package io.rowstream.command.eventstore;

import io.rowstream.eventlog.AttributeJson;
import io.rowstream.eventlog.EventJson;
import io.rowstream.eventlog.OptionSetJson;
import io.rowstream.language.command.OptionSetRevision;
import io.rowstream.language.command.ReviseEntityType;
import io.rowstream.language.command.ReviseOptionSet;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.AddKey;
import io.rowstream.language.command.Revision.AddLookup;
import io.rowstream.language.command.Revision.ChangeAttribute;
import io.rowstream.language.command.Revision.ChangeOptions;
import io.rowstream.language.command.Revision.ChangeRelationship;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.command.Revision.Describe;
import io.rowstream.language.command.Revision.Remove;
import io.rowstream.language.command.Revision.RemoveAttribute;
import io.rowstream.language.command.Revision.RemoveKey;
import io.rowstream.language.command.Revision.SettleKey;
import io.rowstream.language.entity.OptionChange;
import io.rowstream.language.event.EntityTypeDefined;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What the digest of a revision is made from.
final class RevisionJson {

  private RevisionJson() {}

  static void write(JsonGenerator json, ReviseEntityType command) {
    json.writeString("revise");
    json.writeString(command.entityType());
    json.writeNumber(command.expected() == null ? -1 : command.expected().number());
    write(json, command.revision());
  }

  private static void write(JsonGenerator json, Revision revision) {
    switch (revision) {
      case Create(var type) -> {
        json.writeString("create");
        json.writeBinary(EventJson.write(CommandDigest.NOBODY, new EntityTypeDefined(type)));
      }
      case Describe(var displayName, var optimistic, var tracking, var audit) -> {
        json.writeString("describe");
        json.writeString(displayName);
        write(json, optimistic);
        write(json, tracking);
        write(json, audit);
      }
      case AddAttribute(var attribute) -> {
        json.writeString("add");
        AttributeJson.write(json, attribute);
      }
      case AddLookup(String displayName, var relationship) -> {
        json.writeString("add lookup");
        json.writeString(displayName);
        json.writeString(relationship.name());
        json.writeString(relationship.lookup());
        json.writeString(relationship.target());
        json.writeString(relationship.onDelete().name());
      }
      // Not what it was before: a command that is repeated finds what its first attempt has made.
      case ChangeAttribute(_, var after) -> {
        json.writeString("change");
        AttributeJson.write(json, after);
      }
      case ChangeOptions(String attribute, var change) -> {
        json.writeString("change options");
        json.writeString(attribute);
        write(json, change);
      }
      case RemoveAttribute(String name) -> {
        json.writeString("remove");
        json.writeString(name);
      }
      case AddKey(var key) -> {
        json.writeString("add key");
        json.writeString(key.name());
        key.attributes().forEach(json::writeString);
      }
      case SettleKey(String name, long since, boolean unique) -> {
        json.writeString("settle key");
        json.writeString(name);
        json.writeNumber(since);
        json.writeBoolean(unique);
      }
      case RemoveKey(String name) -> {
        json.writeString("remove key");
        json.writeString(name);
      }
      case Remove _ -> json.writeString("remove type");
      case ChangeRelationship(String name, var onDelete) -> {
        json.writeString("change relationship");
        json.writeString(name);
        json.writeString(onDelete.name());
      }
    }
  }

  static void write(JsonGenerator json, ReviseOptionSet command) {
    json.writeString("revise option set");
    json.writeString(command.name());
    json.writeNumber(command.expected() == null ? -1 : command.expected().number());
    switch (command.revision()) {
      case OptionSetRevision.Create(var set) -> OptionSetJson.write(json, set);
      case OptionSetRevision.Change(var displayName, var options) -> {
        json.writeString("change");
        json.writeString(displayName);
        if (options != null) {
          write(json, options);
        }
      }
      case OptionSetRevision.Remove _ -> json.writeString("remove");
    }
  }

  private static void write(JsonGenerator json, OptionChange change) {
    switch (change) {
      case OptionChange.Insert(Integer number, String label) -> {
        json.writeString("insert");
        json.writeString(number == null ? null : number.toString());
        json.writeString(label);
      }
      case OptionChange.Relabel(int number, String label) -> {
        json.writeString("relabel");
        json.writeNumber(number);
        json.writeString(label);
      }
      case OptionChange.Remove(int number) -> {
        json.writeString("remove");
        json.writeNumber(number);
      }
      case OptionChange.Put(var options) -> OptionSetJson.writeOptions(json, options);
    }
  }

  private static void write(JsonGenerator json, @Nullable Boolean flag) {
    if (flag == null) {
      json.writeNull();
    } else {
      json.writeBoolean(flag);
    }
  }
}
