package io.rowstream.odata.definition;

import io.rowstream.language.entity.OptionChange;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Labels by number, as a client lists options.
final class OptionList {

  private OptionList() {}

  /// Takes `Options`; those without a `Value` get the next ones.
  ///
  /// @throws BadRequest if one has no label, or two have one number
  /// @throws IllegalArgumentException if no number is left
  static Map<Integer, String> numbered(JsonObject set) {
    List<String> without = new ArrayList<>();
    Map<Integer, String> options = read(set, without);
    Collection<Integer> taken = options.keySet();
    for (String label : without) {
      int number = OptionChange.next(taken);
      options.put(number, label);
      taken = List.of(number);
    }
    return options;
  }

  /// Takes `Options`, each with its `Value`.
  ///
  /// @throws BadRequest if one has no number or no label, or two have one number
  static Map<Integer, String> of(JsonObject set) {
    List<String> without = new ArrayList<>();
    Map<Integer, String> options = read(set, without);
    if (!without.isEmpty()) {
      throw BadRequest.payload("Each of the 'Options' has a Value.");
    }
    return options;
  }

  /// @param without takes the labels of options that have no number
  private static Map<Integer, String> read(JsonObject set, List<String> without) {
    var options = new LinkedHashMap<Integer, String>();
    for (JsonObject option : set.objects("Options")) {
      Integer number = option.whole("Value");
      String label = LabelText.of(option, "Label");
      if (label == null) {
        throw BadRequest.payload("Each of the 'Options' has a Label.");
      }
      if (number == null) {
        without.add(label);
      } else if (options.put(number, label) != null) {
        throw BadRequest.payload("Two of the 'Options' have the Value " + number + ".");
      }
    }
    return options;
  }
}
