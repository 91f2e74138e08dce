package io.rowstream.odata.definition;

import io.rowstream.odata.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The text of a label: the English one if there are several, else the first.
final class LabelText {
  private static final int ENGLISH = 1033;

  private LabelText() {}

  /// @return null if the member is not there, or is without text
  static @Nullable String of(JsonObject json, String member) {
    JsonObject label = json.object(member);
    if (label == null) {
      return null;
    }
    String found = null;
    for (JsonObject localized : label.objects("LocalizedLabels")) {
      String text = localized.text("Label");
      Integer language = localized.whole("LanguageCode");
      if (found == null || (text != null && language != null && language == ENGLISH)) {
        found = text;
      }
    }
    JsonObject user = label.object("UserLocalizedLabel");
    return found == null && user != null ? user.text("Label") : found;
  }
}
