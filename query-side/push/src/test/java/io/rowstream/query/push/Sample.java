package io.rowstream.query.push;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType.Lookup;
import io.rowstream.language.entity.AttributeType.Memo;
import io.rowstream.language.entity.AttributeType.Text;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.LogEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Entity types, people and events to test with.
final class Sample {
  static final Duration SOON = Duration.ofSeconds(15);

  static final EntityType CONTACT =
      EntityType.of(
          "contact",
          "contacts",
          "Contact",
          "fullname",
          new Attribute("fullname", "Full Name", new Text(100)),
          new Attribute("jobtitle", "Job Title", new Text(100)),
          new Attribute("description", "Description", new Memo(100_000)),
          new Attribute("parentcustomerid", "Company", new Lookup(Set.of("account"))));

  static final EntityType ACCOUNT =
      EntityType.of(
          "account", "accounts", "Account", "name", new Attribute("name", "Name", new Text(100)));

  static final WatchCatalogue CATALOGUE =
      new WatchCatalogue() {
        private static final Map<String, EntityType> SETS =
            Map.of("contacts", CONTACT, "accounts", ACCOUNT);
        private static final Map<String, EntityType> NAMES =
            Map.of("contact", CONTACT, "account", ACCOUNT);

        @Override
        public Optional<EntityType> bySetName(String setName) {
          return Optional.ofNullable(SETS.get(setName));
        }

        @Override
        public Optional<EntityType> byName(String name) {
          return Optional.ofNullable(NAMES.get(name));
        }
      };

  private Sample() {}

  static @Nullable String person(UUID id) {
    return id.equals(LogWriter.ADA) ? "Ada Admin" : null;
  }

  static RecordRef contact() {
    return new RecordRef("contact", UUID.randomUUID());
  }

  static RecordRef account() {
    return new RecordRef("account", UUID.randomUUID());
  }

  static LogEvent created(String name) {
    return new RecordCreated(Map.of("fullname", Value.text(name)));
  }

  static LogEvent renamed(String before, String after) {
    return updated("fullname", before, after);
  }

  static LogEvent updated(String attribute, String before, String after) {
    var change = new Change(Value.text(before), Value.text(after));
    return new RecordUpdated(Map.of(attribute, change), false, false, Set.of());
  }

  static LogEvent deleted(String name) {
    return new RecordDeleted(Map.of("fullname", Value.text(name)), false, Set.of());
  }

  /// The query parameter that names a record.
  static String of(RecordRef record) {
    return "record=" + record.entityType() + "s(" + record.id() + ")";
  }
}
