package io.rowstream.language.entity;

import java.util.regex.Pattern;

/// That records of one entity type refer to records of another by a lookup: many to one.
///
/// @param name what the referring records are called on the other side, such as
///   `contact_customer_accounts`; unlike logical names it may have capitals
/// @param lookup the attribute that refers
/// @param target the entity type referred to
/// @param onDelete what becomes of the records that refer when the one they refer to is deleted
public record Relationship(String name, String lookup, String target, OnDelete onDelete) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  /// What becomes of the records that refer.
  public enum OnDelete {
    /// Their lookup is cleared.
    REMOVE_LINK,
    /// As long as there are any, the record they refer to is not deleted.
    RESTRICT,
    /// They are deleted, too.
    CASCADE
  }

  public Relationship(String name, String lookup, String target) {
    this(name, lookup, target, OnDelete.REMOVE_LINK);
  }

  /// The same relationship that does this instead.
  public Relationship on(OnDelete other) {
    return new Relationship(name, lookup, target, other);
  }

  public Relationship {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a relationship's name is at most 100 letters, digits and _, and starts with a letter: "
              + name);
    }
  }

  /// The relationship of a lookup for which no name is given.
  public static Relationship unnamed(String entityType, String lookup, String target) {
    return new Relationship(target + "_" + entityType + "_" + lookup, lookup, target);
  }
}
