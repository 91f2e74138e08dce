package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The entity types the tests of this module read.
final class Contacts {
  static final EntityType CONTACT =
      EntityType.of(
          "contact",
          "contacts",
          "Contact",
          "fullname",
          new Attribute("fullname", "Full name", new AttributeType.Text(200)),
          new Attribute("emailaddress1", "Email", new AttributeType.Text(100)),
          new Attribute("numberofchildren", "Children", new AttributeType.WholeNumber(0, 100)),
          new Attribute(
              "creditlimit",
              "Credit limit",
              new AttributeType.Money(BigDecimal.ZERO, new BigDecimal("1000000000"), 4)),
          new Attribute("donotemail", "No email", new AttributeType.YesNo()),
          new Attribute("anniversary", "Anniversary", new AttributeType.DateTime()),
          new Attribute("gendercode", "Gender", new AttributeType.Choice(Map.of(1, "M", 2, "F"))),
          new Attribute(
              "parentcustomerid",
              "Company",
              new AttributeType.Lookup(Set.of("account", "contact"))),
          new Attribute("description", "Description", new AttributeType.Memo(2_000)));

  static final EntityType SYSTEM_USER =
      EntityType.of(
          "systemuser",
          "systemusers",
          "User",
          "fullname",
          new Attribute("fullname", "Full name", new AttributeType.Text(200)));

  /// Neither versions nor history nor changes.
  static final EntityType NOTE =
      EntityType.of(
              "note",
              "notes",
              "Note",
              "text",
              new Attribute("text", "Text", new AttributeType.Text(100)))
          .with(new Policies(false, false, List.of(), false, false));

  private Contacts() {}

  static RecordRef contact(long number) {
    return new RecordRef(
        "contact", new UUID(0xC000_0000_0000_4000L, 0x8000_0000_0000_0000L | number));
  }

  static RecordRef user(UUID id) {
    return new RecordRef("systemuser", id);
  }
}
