package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.odata.column.Column;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// A record as it was at one version.
///
/// @param values by attribute name; what is not in it is empty. Not copied: it must not change.
public record RecordImage(
    RecordRef record,
    long rowVersion,
    Map<String, Value> values,
    Instant createdOn,
    UUID createdBy,
    Instant modifiedOn,
    UUID modifiedBy) {

  /// What the record holds in a column. For a lookup that is the [Value.Lookup] itself.
  public Value value(Column column) {
    return switch (column) {
      case Column.Plain plain -> attribute(plain.attribute().name());
      case Column.LookupId lookup -> attribute(lookup.attribute().name());
      case Column.PrimaryId _ -> new Value.Guid(record.id());
      case Column.Stamp stamp ->
          switch (stamp) {
            case CREATED_ON -> new Value.DateTime(createdOn);
            case CREATED_BY -> new Value.Guid(createdBy);
            case MODIFIED_ON -> new Value.DateTime(modifiedOn);
            case MODIFIED_BY -> new Value.Guid(modifiedBy);
            case VERSION_NUMBER -> new Value.Whole(rowVersion);
          };
    };
  }

  private Value attribute(String name) {
    return values.getOrDefault(name, Value.empty());
  }
}
