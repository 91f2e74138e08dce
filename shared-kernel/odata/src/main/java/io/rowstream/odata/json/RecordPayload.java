package io.rowstream.odata.json;

import io.rowstream.language.Value;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a request body says about one record. Whoever receives the body bounds its size.
///
/// Everything in it has been understood or refused: an unknown attribute, a read-only column and a
/// value that does not fit are a [RefusedException] with an `InvalidValue` or `TextTooLong`; what
/// is not strict JSON in UTF-8 is a [BadRequest]. Annotations such as `@odata.etag` and
/// `@odata.type` are the exception: readers send back what they have read, and these change
/// nothing.
///
/// @param values by attribute name; [Value.Empty] where the attribute is to be cleared
/// @param id of the primary id column; null if the body has none
public record RecordPayload(Map<String, Value> values, @Nullable UUID id) {

  /// Reads the body of a create, which may choose the id.
  public static RecordPayload forCreate(byte[] body, Columns columns, EntitySets sets) {
    return new PayloadReader(columns, sets, null).record(body);
  }

  /// Reads the body of a change to the record with this id, which may repeat the id.
  public static RecordPayload forUpdate(byte[] body, Columns columns, EntitySets sets, UUID id) {
    return new PayloadReader(columns, sets, id).record(body);
  }

  /// Reads the body `{"value":…}` that sets one property.
  ///
  /// @param wireName of the property in the URL
  /// @return the one attribute's new value
  public static RecordPayload forProperty(
      byte[] body, Columns columns, EntitySets sets, String wireName) {
    return new PayloadReader(columns, sets, null).property(body, wireName);
  }

  /// What deleting a property from a record means: its attribute is cleared.
  ///
  /// @param wireName of the property in the URL
  public static RecordPayload clearing(Columns columns, String wireName) {
    return new RecordPayload(
        Map.of(PayloadReader.writable(columns, wireName).name(), Value.empty()), null);
  }
}
