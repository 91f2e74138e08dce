package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.ResourcePath.Definitions;
import io.rowstream.odata.url.ResourcePath.Definitions.Step;
import java.util.ArrayList;

/// Reads a path that leads to definitions.
final class DefinitionsParser {

  private DefinitionsParser() {}

  static Definitions parse(String raw) {
    var steps = new ArrayList<Step>(Definitions.STEPS_MAX);
    int start = 0;
    while (start < raw.length()) {
      int slash = raw.indexOf('/', start);
      int end = slash < 0 ? raw.length() : slash;
      if (steps.size() == Definitions.STEPS_MAX) {
        throw ResourcePath.unsupported(raw);
      }
      steps.add(step(PercentText.path(raw.substring(start, end))));
      start = end + 1;
    }
    return new Definitions(steps);
  }

  private static Step step(String text) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    for (String part : name.split("\\.", -1)) {
      if (!Lexer.isPlainName(part)) {
        throw BadRequest.query("Resource not found for the segment " + Quoted.of(text) + ".");
      }
    }
    if (open < 0) {
      return new Step(name, null);
    }
    if (!text.endsWith(")")) {
      throw BadRequest.query("The key in " + Quoted.of(text) + " is not closed.");
    }
    return new Step(name, Key.parse(text.substring(open + 1, text.length() - 1)));
  }
}
