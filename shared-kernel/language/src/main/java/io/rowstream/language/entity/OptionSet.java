package io.rowstream.language.entity;

import io.rowstream.language.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A global option set: options that the choices of several entity types share.
///
/// @param name at most 100 letters, digits and _; no other has it in whatever case
/// @param displayName what people read
/// @param options labels by number
public record OptionSet(String name, String displayName, Map<Integer, String> options) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  public OptionSet {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of an option set is at most 100 letters, digits and _, and starts with a"
              + " letter: "
              + name);
    }
    options = Map.copyOf(options);
  }

  /// The stream that holds the option set named `name`. It is of the kind that entity types are:
  /// one index finds all definitions.
  public static RecordRef stream(String name) {
    String path = "optionset/" + name.toLowerCase(Locale.ROOT);
    return new RecordRef(
        EntityType.STREAM, UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)));
  }

  /// What an attribute holds that shares these options.
  public AttributeType.Choice choice() {
    return new AttributeType.Choice(options, new AttributeType.GlobalSet(name, displayName));
  }
}
