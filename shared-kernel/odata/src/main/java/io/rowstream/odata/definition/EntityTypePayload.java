package io.rowstream.odata.definition;

import io.rowstream.language.command.Revision.Describe;
import io.rowstream.language.entity.AlternateKey;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import io.rowstream.odata.metadata.MetadataIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body that makes or changes an entity type.
public final class EntityTypePayload {
  private static final String TYPE = "EntityMetadata";

  /// Sets of the service itself.
  private static final Set<String> SETS_TAKEN = Set.of("audits");

  /// What clients send with every entity type, and nothing here goes by.
  private static final Set<String> NO_DIFFERENCE =
      Set.of(
          "CanBeInManyToMany",
          "CanBePrimaryEntityInRelationship",
          "CanBeRelatedEntityInRelationship",
          "CanChangeTrackingBeEnabled",
          "CanCreateAttributes",
          "CanCreateCharts",
          "CanCreateForms",
          "CanCreateViews",
          "CanModifyAdditionalSettings",
          "CollectionSchemaName",
          "CreatedOn",
          "Description",
          "DisplayCollectionName",
          "EntityColor",
          "HasChanged",
          "HasEmailAddresses",
          "HasFeedback",
          "IconLargeName",
          "IconMediumName",
          "IconSmallName",
          "IconVectorName",
          "IntroducedVersion",
          "IsAvailableOffline",
          "IsConnectionsEnabled",
          "IsCustomEntity",
          "IsCustomizable",
          "IsDocumentManagementEnabled",
          "IsDuplicateDetectionEnabled",
          "IsMailMergeEnabled",
          "IsManaged",
          "IsMappable",
          "IsQuickCreateEnabled",
          "IsReadingPaneEnabled",
          "IsRenameable",
          "IsValidForAdvancedFind",
          "IsValidForQueue",
          "IsVisibleInMobile",
          "IsVisibleInMobileClient",
          "LogicalCollectionName",
          "ModifiedOn",
          "ObjectTypeCode",
          "OwnershipType",
          "PrimaryImageAttribute",
          "TableType");

  private EntityTypePayload() {}

  /// @param body of a `POST` to `EntityDefinitions`
  /// @throws BadRequest if it describes none
  /// @throws io.rowstream.language.refusal.RefusedException if there can be no such entity type
  public static EntityType forCreate(byte[] body, GlobalSets globalSets) {
    JsonObject json = JsonObject.read(body, "an entity type");
    Names.requireType(json, TYPE);
    String name = Names.logical(json);
    String setName = json.text("EntitySetName");
    String displayName = LabelText.of(json, "DisplayName");
    Describe policies = policies(json);
    String primary = null;
    var attributes = new LinkedHashMap<String, Attribute>();
    for (JsonObject each : json.objects("Attributes")) {
      boolean known = Boolean.TRUE.equals(each.flag("IsPrimaryName"));
      Attribute attribute = AttributePayload.create(name, each, globalSets);
      if (attributes.put(attribute.name(), attribute) != null) {
        throw BadRequest.payload("Two attributes are named " + Quoted.of(attribute.name()) + ".");
      }
      if (known) {
        primary = primary(primary, attribute);
      }
    }
    if (primary == null) {
      throw BadRequest.payload("One of the 'Attributes' has IsPrimaryName true.");
    }
    String known = primary;
    List<AlternateKey> keys = keys(name, json);
    end(json, name, known);
    String set = setName == null ? plural(name) : Names.lower(setName);
    if (SETS_TAKEN.contains(set)) {
      throw BadRequest.payload("The set name " + Quoted.of(set) + " is taken.");
    }
    return Definition.of(
        name,
        () ->
            new EntityType(
                name,
                set,
                Objects.requireNonNullElse(displayName, ""),
                known,
                attributes,
                List.of(),
                keys,
                new Policies(
                    is(policies.optimisticConcurrency()),
                    false,
                    List.of(),
                    is(policies.audit()),
                    is(policies.changeTracking()))));
  }

  private static boolean is(@Nullable Boolean said) {
    return said == null || said;
  }

  private static String primary(@Nullable String other, Attribute attribute) {
    if (other != null || !(attribute.type() instanceof AttributeType.Text)) {
      throw BadRequest.payload("One of the 'Attributes', a text, has IsPrimaryName true.");
    }
    return attribute.name();
  }

  private static List<AlternateKey> keys(String name, JsonObject json) {
    return json.objects("Keys").stream().map(key -> KeyPayload.read(name, key)).toList();
  }

  /// @param now what the entity type is
  /// @param body of a `PUT`; what it does not say stays as it is
  /// @throws BadRequest if the entity type cannot become so
  public static Describe forUpdate(EntityType now, byte[] body) {
    JsonObject json = JsonObject.read(body, "an entity type");
    Names.requireType(json, TYPE);
    Names.requireSame(json, "LogicalName", now.name());
    Names.requireSame(json, "SchemaName", now.name());
    Names.requireSame(json, "EntitySetName", now.setName());
    for (String navigation : List.of("Attributes", "Keys")) {
      if (json.has(navigation)) {
        throw BadRequest.payload(navigation + " are written one by one, at a path of their own.");
      }
    }
    String displayName = LabelText.of(json, "DisplayName");
    Describe policies = policies(json);
    end(json, now.name(), now.primaryName());
    return new Describe(
        displayName, policies.optimisticConcurrency(), policies.changeTracking(), policies.audit());
  }

  private static Describe policies(JsonObject json) {
    return new Describe(
        null,
        json.flag("IsOptimisticConcurrencyEnabled"),
        json.flag("ChangeTrackingEnabled"),
        json.flag("IsAuditEnabled"));
  }

  private static void end(JsonObject json, String name, String primaryName) {
    Names.requireSame(json, "MetadataId", MetadataIds.ofEntityType(name).toString());
    Names.requireSame(json, "PrimaryIdAttribute", name + "id");
    Names.requireSame(json, "PrimaryNameAttribute", primaryName);
    for (String missing : List.of("IsActivity", "HasActivities", "HasNotes")) {
      Names.requireOff(json, missing);
    }
    json.skip(NO_DIFFERENCE);
    json.requireNothingLeft();
  }

  /// The set name of an entity type for which none is given, as Dataverse makes it: an English
  /// plural.
  private static String plural(String name) {
    if (name.endsWith("y") && !name.matches(".*[aeiou]y")) {
      return name.substring(0, name.length() - 1) + "ies";
    }
    return name + (name.matches(".*(s|x|z|ch|sh)") ? "es" : "s");
  }
}
