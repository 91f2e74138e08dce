package io.rowstream.standalone.sample;

import static io.rowstream.language.entity.Relationship.OnDelete.CASCADE;
import static io.rowstream.language.entity.Relationship.OnDelete.RESTRICT;

import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.entity.Relationship;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A small part of the entity types people know from Dataverse, under the names they have there.
final class SampleEntityTypes {
  private static final AttributeType.YesNo YES_NO = new AttributeType.YesNo();
  private static final AttributeType.DateTime DATE_TIME = new AttributeType.DateTime();
  private static final AttributeType.Choice STATE = choice("Active", "Inactive");
  private static final AttributeType.Memo MEMO = new AttributeType.Memo(100_000);
  private static final AttributeType.Text CASE_NUMBER =
      new AttributeType.Text(100, AutoNumberFormat.parse("CAS-{SEQNUM:5}-{RANDSTRING:6}"));
  private static final AttributeType.Money MONEY =
      new AttributeType.Money(
          new BigDecimal("-922337203685477"), new BigDecimal("922337203685477"), 4);

  private SampleEntityTypes() {}

  static List<EntityType> all() {
    return List.of(systemuser(), account(), contact(), incident(), task(), config(), city());
  }

  private static EntityType systemuser() {
    return EntityType.of(
        "systemuser",
        "systemusers",
        "User",
        "fullname",
        text("fullname", "Full Name", 200),
        text("internalemailaddress", "Primary Email", 100),
        new Attribute("isdisabled", "Disabled", YES_NO));
  }

  private static EntityType account() {
    return EntityType.of(
            "account",
            "accounts",
            "Account",
            "name",
            text("name", "Account Name", 160),
            text("accountnumber", "Account Number", 20),
            text("emailaddress1", "Email", 100),
            text("telephone1", "Main Phone", 50),
            text("websiteurl", "Website", 200),
            text("address1_line1", "Street", 250),
            text("address1_postalcode", "ZIP/Postal Code", 20),
            text("address1_city", "City", 80),
            text("address1_country", "Country/Region", 80),
            new Attribute("description", "Description", MEMO),
            new Attribute("revenue", "Annual Revenue", MONEY),
            whole("numberofemployees", "Number of Employees", 0, 1_000_000_000),
            new Attribute("creditonhold", "Credit Hold", YES_NO),
            new Attribute("industrycode", "Industry", choice("Other", "Accounting", "Consulting")),
            lookup("primarycontactid", "Primary Contact", "contact"),
            new Attribute("statecode", "Status", STATE))
        .with(new Relationship("account_primary_contact", "primarycontactid", "contact"))
        .with(AlternateKey.of("accountnumber", "accountnumber"))
        .with(
            Policies.DEFAULT.mergingTogether(
                "address1_line1", "address1_postalcode", "address1_city", "address1_country"));
  }

  private static EntityType contact() {
    return EntityType.of(
            "contact",
            "contacts",
            "Contact",
            "fullname",
            text("fullname", "Full Name", 160),
            text("firstname", "First Name", 50),
            text("lastname", "Last Name", 50),
            text("emailaddress1", "Email", 100),
            text("jobtitle", "Job Title", 100),
            text("telephone1", "Business Phone", 50),
            text("mobilephone", "Mobile Phone", 50),
            new Attribute("birthdate", "Birthday", DATE_TIME),
            new Attribute("creditlimit", "Credit Limit", MONEY),
            new Attribute("donotemail", "Do not allow Emails", YES_NO),
            new Attribute("description", "Description", MEMO),
            lookup("parentcustomerid", "Company Name", "account", "contact"),
            new Attribute("statecode", "Status", STATE))
        .with(
            new Relationship("contact_customer_accounts", "parentcustomerid", "account"),
            new Relationship("contact_customer_contacts", "parentcustomerid", "contact"));
  }

  private static EntityType incident() {
    return EntityType.of(
            "incident",
            "incidents",
            "Case",
            "title",
            text("title", "Case Title", 200),
            new Attribute("ticketnumber", "Case Number", CASE_NUMBER),
            new Attribute("description", "Description", MEMO),
            new Attribute("prioritycode", "Priority", choice("Unset", "High", "Normal", "Low")),
            lookup("customerid", "Customer", "account", "contact"),
            new Attribute("statecode", "Status", choice("Active", "Resolved", "Cancelled")))
        .with(
            new Relationship("incident_customer_accounts", "customerid", "account").on(RESTRICT),
            new Relationship("incident_customer_contacts", "customerid", "contact").on(RESTRICT));
  }

  private static EntityType task() {
    return EntityType.of(
            "task",
            "tasks",
            "Task",
            "subject",
            text("subject", "Subject", 200),
            new Attribute("description", "Description", MEMO),
            new Attribute("scheduledend", "Due Date", DATE_TIME),
            whole("percentcomplete", "Percent Complete", 0, 100),
            new Attribute("actualhours", "Hours", decimal()),
            new Attribute("externalid", "External Id", new AttributeType.Guid()),
            new Attribute("externalsequence", "External Sequence", new AttributeType.BigInteger()),
            lookup("regardingobjectid", "Regarding", "account", "contact", "incident"),
            new Attribute("statecode", "Activity Status", choice("Open", "Completed", "Canceled")))
        .with(
            new Relationship("Account_Tasks", "regardingobjectid", "account").on(CASCADE),
            new Relationship("Contact_Tasks", "regardingobjectid", "contact").on(CASCADE),
            new Relationship("Incident_Tasks", "regardingobjectid", "incident").on(CASCADE));
  }

  /// Counters and switches: whoever changes one must say which version was read.
  private static EntityType config() {
    return EntityType.of(
            "crm_config",
            "crm_configs",
            "Configuration",
            "crm_key",
            text("crm_key", "Key", 100),
            text("crm_value", "Value", 2_000),
            new Attribute("statecode", "Status", STATE))
        .with(AlternateKey.of("crm_key", "crm_key"))
        .with(Policies.DEFAULT.withVersionRequired());
  }

  /// For files of places.
  private static EntityType city() {
    return EntityType.of(
        "city",
        "cities",
        "City",
        "name",
        text("name", "Name", 200),
        text("country", "Country/Region", 2),
        text("admin1", "First Administrative Division", 20),
        text("admin2", "Second Administrative Division", 80),
        new Attribute("latitude", "Latitude", degrees(90)),
        new Attribute("longitude", "Longitude", degrees(180)));
  }

  private static AttributeType.Decimal degrees(int max) {
    return new AttributeType.Decimal(BigDecimal.valueOf(-max), BigDecimal.valueOf(max), 5);
  }

  private static Attribute text(String name, String displayName, int lengthMax) {
    return new Attribute(name, displayName, new AttributeType.Text(lengthMax));
  }

  private static Attribute whole(String name, String displayName, int min, int max) {
    return new Attribute(name, displayName, new AttributeType.WholeNumber(min, max));
  }

  private static AttributeType.Decimal decimal() {
    return new AttributeType.Decimal(BigDecimal.ZERO, new BigDecimal("100000"), 2);
  }

  private static Attribute lookup(String name, String displayName, String... targets) {
    return new Attribute(name, displayName, new AttributeType.Lookup(Set.of(targets)));
  }

  private static AttributeType.Choice choice(String... labels) {
    var options = new HashMap<Integer, String>();
    for (String label : labels) {
      options.put(options.size(), label);
    }
    return new AttributeType.Choice(Map.copyOf(options));
  }
}
