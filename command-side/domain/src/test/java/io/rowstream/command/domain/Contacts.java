package io.rowstream.command.domain;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Contacts, what is asked of them and what happens to them, in few words. Values are texts; null
/// is no value.
final class Contacts {
  static final RecordRef ADA = new RecordRef("contact", new UUID(0, 1));
  static final RecordRef BEA = new RecordRef("contact", new UUID(0, 2));

  static final EntityType CONTACT =
      EntityType.of(
          "contact",
          "contacts",
          "Contact",
          "fullname",
          text("fullname"),
          text("jobtitle"),
          text("fax"),
          text("street"),
          text("city"));

  private Contacts() {}

  static EntityType contactWith(Policies policies) {
    return CONTACT.with(policies);
  }

  static Map<String, Value> values(@Nullable String... namesAndTexts) {
    var values = new HashMap<String, Value>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      values.put(namesAndTexts[i], value(namesAndTexts[i + 1]));
    }
    return values;
  }

  static Value value(@Nullable String text) {
    return text == null ? Value.empty() : Value.text(text);
  }

  static RecordCreated created(@Nullable String... namesAndTexts) {
    return new RecordCreated(values(namesAndTexts));
  }

  /// Names, each with its text before and after.
  static Map<String, Change> changes(@Nullable String... namesBeforeAfter) {
    var changes = new HashMap<String, Change>();
    for (int i = 0; i < namesBeforeAfter.length; i += 3) {
      changes.put(
          namesBeforeAfter[i],
          new Change(value(namesBeforeAfter[i + 1]), value(namesBeforeAfter[i + 2])));
    }
    return changes;
  }

  static RecordUpdated updated(@Nullable String... namesBeforeAfter) {
    return new RecordUpdated(changes(namesBeforeAfter), false, false, Set.of());
  }

  static RecordUpdated merged(@Nullable String... namesBeforeAfter) {
    return new RecordUpdated(changes(namesBeforeAfter), true, false, Set.of());
  }

  static RecordUpdated forced(Set<String> overwrote, @Nullable String... namesBeforeAfter) {
    return new RecordUpdated(changes(namesBeforeAfter), false, true, overwrote);
  }

  static RecordDeleted deleted(@Nullable String... namesAndTexts) {
    return new RecordDeleted(values(namesAndTexts), false, Set.of());
  }

  static CreateRecord createAda(@Nullable String... namesAndTexts) {
    return new CreateRecord(ADA, values(namesAndTexts));
  }

  static UpdateRecord update(Expectation expected, @Nullable String... namesAndTexts) {
    return new UpdateRecord(ADA, values(namesAndTexts), expected);
  }

  static UpsertRecord upsert(Expectation expected, @Nullable String... namesAndTexts) {
    return new UpsertRecord(ADA, values(namesAndTexts), expected);
  }

  static DeleteRecord delete(Expectation expected) {
    return new DeleteRecord(ADA, expected);
  }

  static RestoreRecord restore(long as, Expectation expected) {
    return new RestoreRecord(ADA, new RowVersion(as), expected);
  }

  static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }
}
