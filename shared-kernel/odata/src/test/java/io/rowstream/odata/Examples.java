package io.rowstream.odata;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Relationship;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.json.RecordImage;
import io.rowstream.odata.query.QueryContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entity type with an attribute of every type, and a record of it.
public final class Examples {
  public static final UUID ID = UUID.fromString("6f0d8c1e-0001-4000-8000-00000000abcd");
  public static final UUID OTHER = UUID.fromString("6f0d8c1e-0002-4000-8000-00000000abcd");
  public static final UUID ADA = UUID.fromString("11111111-1111-4111-8111-111111111111");
  public static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");
  public static final Instant CREATED = Instant.parse("2026-11-21T10:00:00.123456Z");
  public static final Instant MODIFIED = Instant.parse("2026-11-22T11:30:01.999999Z");

  public static final EntityType ACCOUNT =
      EntityType.of(
              "account",
              "accounts",
              "Account",
              "name",
              attribute("name", new AttributeType.Text(20)),
              attribute("description", new AttributeType.Memo(2_000)),
              attribute("employees", new AttributeType.WholeNumber(0, 1_000_000)),
              attribute("views", new AttributeType.BigInteger()),
              attribute(
                  "rate",
                  new AttributeType.Decimal(new BigDecimal("-10"), new BigDecimal("10"), 3)),
              attribute(
                  "revenue",
                  new AttributeType.Money(
                      new BigDecimal("-1000000000"), new BigDecimal("1000000000"), 2)),
              attribute("donotemail", new AttributeType.YesNo()),
              attribute("opened", new AttributeType.DateTime()),
              attribute("industry", new AttributeType.Choice(Map.of(1, "Mining", 2, "Farming"))),
              attribute("primarycontactid", new AttributeType.Lookup(Set.of("contact"))),
              attribute("customerid", new AttributeType.Lookup(Set.of("account", "contact"))),
              attribute("batch", new AttributeType.Guid()))
          .with(AlternateKey.of("place", "name", "employees"));

  public static final Columns COLUMNS = new Columns(ACCOUNT);

  public static final Attribute PARENT =
      attribute("parentcustomerid", new AttributeType.Lookup(Set.of("account", "contact")));

  public static final EntityType CONTACT =
      EntityType.of(
              "contact",
              "contacts",
              "Contact",
              "fullname",
              attribute("fullname", new AttributeType.Text(100)),
              PARENT)
          .with(new Relationship("contact_customer_accounts", "parentcustomerid", "account"));

  public static final Columns CONTACTS = new Columns(CONTACT);

  public static final EntityModel MODEL =
      new EntityModel() {
        @Override
        public @Nullable Columns ofType(String entityType) {
          return switch (entityType) {
            case "account" -> COLUMNS;
            case "contact" -> CONTACTS;
            default -> null;
          };
        }

        @Override
        public @Nullable Collection collection(String target, String name) {
          return target.equals("account") && name.equals("contact_customer_accounts")
              ? new Collection(CONTACTS, PARENT)
              : null;
        }
      };

  public static final QueryContext CONTEXT = new QueryContext(MODEL, ADA, MODIFIED);

  public static final EntitySets SETS =
      set ->
          switch (set) {
            case "accounts" -> "account";
            case "contacts" -> "contact";
            default -> null;
          };

  public static final RecordImage IMAGE =
      new RecordImage(
          new RecordRef("account", ID),
          5,
          Map.of(
              "name", Value.text("O'Neil \"&\" Sons\u2028"),
              "employees", Value.whole(42),
              "revenue", new Value.Decimal(new BigDecimal("5000000.00")),
              "rate", new Value.Decimal(new BigDecimal("-0.125")),
              "donotemail", new Value.YesNo(false),
              "opened", new Value.DateTime(CREATED),
              "industry", Value.whole(2),
              "customerid", new Value.Lookup(new RecordRef("contact", OTHER))),
          CREATED,
          ADA,
          MODIFIED,
          BEA);

  private Examples() {}

  public static Attribute attribute(String name, AttributeType type) {
    return new Attribute(name, name, type);
  }
}
