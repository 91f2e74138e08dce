package io.rowstream.odata.json;

import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

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
/// @param etag what `@odata.etag` says, as it came; it counts for nested rows only
/// @param nested rows inside the row; with those inside them at most [#ROWS_MAX]
public record RecordPayload(
    Map<String, Value> values, @Nullable UUID id, @Nullable String etag, List<NestedRow> nested) {

  /// The most rows of one body, the outer one included: they are one change set.
  public static final int ROWS_MAX = ChangeSet.MEMBERS_MAX;

  public RecordPayload {
    nested = List.copyOf(nested);
  }

  /// Reads the body of a create, which may choose the id.
  public static RecordPayload forCreate(byte[] body, Columns columns, EntitySets sets) {
    return new PayloadReader(columns, sets, null).record(body);
  }

  /// Reads the body of a change to the record with this id, which may repeat the id.
  ///
  /// @param id null when the record is not known by its id
  public static RecordPayload forUpdate(
      byte[] body, Columns columns, EntitySets sets, @Nullable UUID id) {
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
        Map.of(PayloadReader.writable(columns, wireName).name(), Value.empty()),
        null,
        null,
        List.of());
  }

  /// Reads the body `{"@odata.id":"…"}` that refers to one record.
  public static String reference(byte[] body) {
    var found = new AtomicReference<@Nullable String>();
    BodyJson.readObject(
        body,
        (name, json) -> {
          if (name.equals("@odata.id") && json.currentToken() == JsonToken.VALUE_STRING) {
            found.set(json.getString());
          } else if (!name.startsWith("@")) {
            throw BadRequest.payload("A reference has only the member '@odata.id'.");
          } else {
            json.skipChildren();
          }
        });
    String reference = found.get();
    if (reference == null) {
      throw BadRequest.payload("The body has no member '@odata.id' with a URL.");
    }
    return reference;
  }
}
