package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/// The options of a choice, as the metadata lists them: by number.
final class OptionSetMetadata {

  static final MetadataType<AttributeDefinition> TYPE =
      MetadataType.<AttributeDefinition>named("OptionSetMetadata")
          .with(MetadataType.ID, choice -> MetadataValue.of(id(choice)))
          .with("Name", choice -> MetadataValue.of(name(choice)))
          .with("DisplayName", choice -> Label.of(choice.displayName(), choice.name()))
          .with("OptionSetType", _ -> MetadataValue.of("Picklist"))
          .with("IsGlobal", _ -> MetadataValue.of(false))
          .with("Options", OptionSetMetadata::options);

  private OptionSetMetadata() {}

  private static String name(AttributeDefinition choice) {
    return choice.owner().name() + "_" + choice.name();
  }

  private static String id(AttributeDefinition choice) {
    String path = "optionset/" + choice.owner().name() + "/" + choice.name();
    return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static MetadataValue options(AttributeDefinition choice) {
    return choice.type() instanceof AttributeType.Choice(var options)
        ? new MetadataValue.Elements(
            options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(option -> option(option.getKey(), option.getValue()))
                .toList())
        : MetadataValue.nothing();
  }

  private static MetadataValue option(int number, String label) {
    return MetadataValue.members(
        Map.entry("Value", MetadataValue.of(number)), Map.entry("Label", Label.of(label)));
  }
}
