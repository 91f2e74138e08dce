package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a URL points at. Names are not yet known to exist: whether a [Member] is a property or a
/// navigation property, its entity type says.
public sealed interface ResourcePath {

  /// The longest path, in characters before decoding.
  int LENGTH_MAX = 32 * 1024;

  /// The most segments of a path.
  int SEGMENTS_MAX = 3;

  /// The list of sets, at the service root.
  record ServiceDocument() implements ResourcePath {}

  /// What has query options of its own: those of [QueryOptions] do not apply.
  sealed interface OwnQuery extends ResourcePath
      permits Metadata, Definitions, FunctionCall, RecordDifference {}

  /// `$metadata`
  record Metadata() implements OwnQuery {}

  /// `EntityDefinitions(LogicalName='account')/Attributes`
  ///
  /// @param steps 1 to [#STEPS_MAX], of which the first begins with `EntityDefinitions`,
  ///   `RelationshipDefinitions` or `GlobalOptionSetDefinitions`
  record Definitions(List<Step> steps) implements OwnQuery {

    /// The most segments of such a path.
    public static final int STEPS_MAX = 6;

    /// Where entity types and their attributes are.
    public static final String ROOT = "EntityDefinitions";

    /// Where their relationships are.
    public static final String RELATIONSHIPS = "RelationshipDefinitions";

    /// Where global option sets are.
    public static final String OPTION_SETS = "GlobalOptionSetDefinitions";

    /// Whether a path, as it came over the wire after the service root, leads there.
    public static boolean areMeantBy(String raw) {
      return raw.startsWith(ROOT) || raw.startsWith(RELATIONSHIPS) || raw.startsWith(OPTION_SETS);
    }

    /// @param name a property, or the qualified name of a type to cast to
    /// @param key what picks one of many; null when nothing does
    public record Step(String name, @Nullable Key key) {}

    public Definitions {
      steps = List.copyOf(steps);
    }
  }

  /// `$batch`
  record Batch() implements ResourcePath {}

  /// `accounts`; the name may also be that of a function without parameters, such as `WhoAmI`.
  record RecordSet(String set) implements ResourcePath {}

  /// `accounts/$count`
  record RecordCount(String set) implements ResourcePath {}

  /// One record, or something of it.
  sealed interface OfRecord extends ResourcePath {
    String set();

    Key key();
  }

  /// `accounts(key)`
  record SingleRecord(String set, Key key) implements OfRecord {}

  /// `accounts(key)/rowstream.history`
  record RecordHistory(String set, Key key) implements OfRecord {}

  /// `accounts(key)/rowstream.difference`
  record RecordDifference(String set, Key key) implements OfRecord, OwnQuery {}

  /// `accounts(key)/rowstream.restore`
  record RecordRestore(String set, Key key) implements OfRecord {}

  /// `audits(key)/Microsoft.Dynamics.CRM.RetrieveAuditDetails`
  ///
  /// @param name without its namespace
  record BoundFunction(String set, Key key, String name) implements OfRecord {}

  /// `accounts(key)/name`
  record Member(String set, Key key, String name) implements OfRecord {}

  /// `accounts(key)/name/$value`
  record MemberValue(String set, Key key, String name) implements OfRecord {}

  /// `accounts(key)/contact_customer_accounts/$count`
  record MemberCount(String set, Key key, String name) implements OfRecord {}

  /// `accounts(key)/primarycontactid/$ref`
  record MemberReference(String set, Key key, String name) implements OfRecord {}

  /// `accounts(key)/contact_customer_accounts(item)`
  record MemberItem(String set, Key key, String name, Key item) implements OfRecord {}

  /// `accounts(key)/contact_customer_accounts(item)/$ref`
  record MemberItemReference(String set, Key key, String name, Key item) implements OfRecord {}

  /// Reads a path as it came over the wire, after the service root and without the query.
  ///
  /// @throws BadRequest if it is malformed, too long or of a shape that is not supported
  static ResourcePath parse(String raw) {
    if (raw.length() > LENGTH_MAX) {
      throw BadRequest.query("The path is longer than " + LENGTH_MAX + " characters.");
    }
    return PathParser.parse(raw);
  }

  /// The refusal of a shape that has no meaning here.
  static BadRequest unsupported(String raw) {
    return BadRequest.query("The path " + Quoted.of(raw) + " is not supported.");
  }
}
