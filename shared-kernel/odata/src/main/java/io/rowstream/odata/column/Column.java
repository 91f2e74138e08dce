package io.rowstream.odata.column;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One property of a record as clients see it.
public sealed interface Column {

  /// The name in URLs and JSON.
  String wireName();

  /// What its values are. A lookup column's values are guids.
  AttributeType type();

  /// The record a value of this column refers to; for a [Stamp], the user.
  ///
  /// @return null if it refers to none
  default @Nullable RecordRef target(Value value) {
    return switch (value) {
      case Value.Lookup(RecordRef target) -> target;
      case Value.Guid(UUID user) when this instanceof Stamp -> new RecordRef(Stamp.USERS, user);
      case Value _ -> null;
    };
  }

  /// An attribute under its own name; the only kind of column that can be written.
  record Plain(Attribute attribute) implements Column {
    @Override
    public String wireName() {
      return attribute.name();
    }

    @Override
    public AttributeType type() {
      return attribute.type();
    }
  }

  /// The id of the record a lookup attribute refers to: `_primarycontactid_value`. It is written by
  /// binding, under another name.
  record LookupId(Attribute attribute) implements Column {
    public static String wireName(String lookup) {
      return "_" + lookup + "_value";
    }

    /// The attribute a column's name stands for: the name itself unless it is a lookup's.
    public static String attributeOf(String name) {
      return name.length() > 7 && name.startsWith("_") && name.endsWith("_value")
          ? name.substring(1, name.length() - 6)
          : name;
    }

    @Override
    public String wireName() {
      return wireName(attribute.name());
    }

    @Override
    public AttributeType type() {
      return attribute.type();
    }
  }

  /// The record's own id: `accountid`. Given on create, never changed.
  record PrimaryId(String wireName) implements Column {
    private static final AttributeType TYPE = new AttributeType.Guid();

    @Override
    public AttributeType type() {
      return TYPE;
    }
  }

  /// What the service itself notes about every record.
  enum Stamp implements Column {
    CREATED_ON("createdon"),
    CREATED_BY("_createdby_value"),
    MODIFIED_ON("modifiedon"),
    MODIFIED_BY("_modifiedby_value"),
    VERSION_NUMBER("versionnumber");

    /// The entity type of those who create and modify records.
    public static final String USERS = "systemuser";

    private static final AttributeType TIME = new AttributeType.DateTime();
    private static final AttributeType GUID = new AttributeType.Guid();
    private static final AttributeType NUMBER = new AttributeType.BigInteger();

    private final String wireName;

    Stamp(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }

    @Override
    public AttributeType type() {
      return switch (this) {
        case CREATED_ON, MODIFIED_ON -> TIME;
        case CREATED_BY, MODIFIED_BY -> GUID;
        case VERSION_NUMBER -> NUMBER;
      };
    }
  }
}
