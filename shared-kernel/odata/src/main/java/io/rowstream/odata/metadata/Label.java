package io.rowstream.odata.metadata;

import java.util.List;
import java.util.Map;

/// Text people read, as the metadata wraps it: in one language, which is taken to be English.
final class Label {
  private static final int ENGLISH = 1033;

  /// A label nobody has written.
  static final MetadataValue NONE =
      MetadataValue.members(
          Map.entry("LocalizedLabels", new MetadataValue.Elements(List.of())),
          Map.entry("UserLocalizedLabel", MetadataValue.nothing()));

  private Label() {}

  static MetadataValue of(String text) {
    var localized =
        MetadataValue.members(
            Map.entry("Label", MetadataValue.of(text)),
            Map.entry("LanguageCode", MetadataValue.of(ENGLISH)));
    return MetadataValue.members(
        Map.entry("LocalizedLabels", new MetadataValue.Elements(List.of(localized))),
        Map.entry("UserLocalizedLabel", localized));
  }

  /// @param displayName when it is blank, the logical name stands for it
  static MetadataValue of(String displayName, String logicalName) {
    return of(displayName.isBlank() ? logicalName : displayName);
  }
}
