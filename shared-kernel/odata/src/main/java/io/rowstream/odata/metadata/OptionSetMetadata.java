package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.odata.metadata.MetadataType.Family;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Options of one choice or of many, as the metadata lists them: by number.
///
/// @param global whether they are those of a global option set
record OptionSetMetadata(
    UUID id, String name, MetadataValue label, boolean global, Map<Integer, String> options) {

  /// As an attribute leads to it.
  static final MetadataType<OptionSetMetadata> TYPE =
      withOptions(withNames(MetadataType.named("OptionSetMetadata")));

  private static final MetadataType<OptionSetMetadata> COMMON =
      withNames(MetadataType.named("OptionSetMetadataBase"));
  private static final MetadataType<OptionSetMetadata> LISTED =
      withOptions(COMMON.derive("OptionSetMetadata"));

  /// As `GlobalOptionSetDefinitions` lists them.
  static final Family<OptionSetMetadata> FAMILY =
      new Family<>(COMMON, List.of(LISTED), _ -> LISTED);

  private static MetadataType<OptionSetMetadata> withNames(MetadataType<OptionSetMetadata> type) {
    return type.with(MetadataType.ID, set -> MetadataValue.of(set.id.toString()))
        .with("Name", set -> MetadataValue.of(set.name))
        .with("DisplayName", OptionSetMetadata::label)
        .with("OptionSetType", _ -> MetadataValue.of("Picklist"))
        .with("IsGlobal", set -> MetadataValue.of(set.global));
  }

  private static MetadataType<OptionSetMetadata> withOptions(MetadataType<OptionSetMetadata> type) {
    return type.with("Options", OptionSetMetadata::listed);
  }

  static OptionSetMetadata of(OptionSet set) {
    return new OptionSetMetadata(
        MetadataIds.ofOptionSet(set.name()),
        set.name(),
        Label.of(set.displayName(), set.name()),
        true,
        set.options());
  }

  /// The options an attribute has, of its own or not; none if it is no choice.
  static List<OptionSetMetadata> ofChoice(AttributeDefinition attribute) {
    if (!(attribute.type() instanceof Choice(var options, GlobalSet global))) {
      return List.of();
    }
    if (global != null) {
      return List.of(of(new OptionSet(global.name(), global.displayName(), options)));
    }
    String path = "optionset/" + attribute.owner().name() + "/" + attribute.name();
    return List.of(
        new OptionSetMetadata(
            UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)),
            attribute.owner().name() + "_" + attribute.name(),
            Label.of(attribute.displayName(), attribute.name()),
            false,
            options));
  }

  /// The global option set whose options an attribute has; none if they are its own.
  static List<OptionSetMetadata> ofGlobal(AttributeDefinition attribute) {
    return ofChoice(attribute).stream().filter(OptionSetMetadata::global).toList();
  }

  private MetadataValue listed() {
    return new MetadataValue.Elements(
        options.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(option -> option(option.getKey(), option.getValue()))
            .toList());
  }

  private static MetadataValue option(int number, String label) {
    return MetadataValue.members(
        Map.entry("Value", MetadataValue.of(number)), Map.entry("Label", Label.of(label)));
  }
}
