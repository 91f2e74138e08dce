package io.rowstream.language.entity;

import java.util.regex.Pattern;

/// That records of one entity type refer to records of another by a lookup: many to one.
///
/// @param name what the referring records are called on the other side, such as
///   `contact_customer_accounts`; unlike logical names it may have capitals
/// @param lookup the attribute that refers
/// @param target the entity type referred to
public record Relationship(String name, String lookup, String target) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

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
