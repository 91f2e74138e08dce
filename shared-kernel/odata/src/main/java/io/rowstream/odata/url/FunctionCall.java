package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function with its arguments, as they were written:
/// `RetrieveTotalRecordCount(EntityNames=@p1)`.
///
/// @param arguments by parameter; a value that begins with `@` is the name of a query option that
///   holds it
public record FunctionCall(String name, SequencedMap<String, String> arguments)
    implements ResourcePath.OwnQuery {

  /// The functions that take arguments.
  private static final Set<String> NAMES =
      Set.of(
          "RetrieveTotalRecordCount",
          "RetrieveRecordChangeHistory",
          "RetrieveAttributeChangeHistory");

  /// The most elements of a list.
  public static final int ELEMENTS_MAX = 100;

  public FunctionCall {
    arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
  }

  /// @return null if the path does not begin with the name of a function
  static @Nullable FunctionCall parse(String raw) {
    if (raw.isEmpty() || !Character.isUpperCase(raw.charAt(0))) {
      return null;
    }
    int open = raw.indexOf('(');
    String name = open < 0 ? raw : raw.substring(0, open);
    if (!NAMES.contains(name)) {
      return null;
    }
    if (open < 0) {
      return new FunctionCall(name, new LinkedHashMap<>());
    }
    if (!raw.endsWith(")")) {
      throw BadRequest.query("The arguments of " + name + " are not closed.");
    }
    var arguments = new LinkedHashMap<String, String>();
    String text = PercentText.path(raw.substring(open + 1, raw.length() - 1));
    for (String argument : text.isBlank() ? List.<String>of() : TopLevel.split(text, ',')) {
      int equals = argument.indexOf('=');
      String parameter = equals < 0 ? "" : argument.substring(0, equals).strip();
      if (!Lexer.isPlainName(parameter)
          || arguments.put(parameter, argument.substring(equals + 1).strip()) != null) {
        throw BadRequest.query(name + " does not understand " + Quoted.of(argument) + ".");
      }
    }
    return new FunctionCall(name, arguments);
  }

  /// The value of the one parameter the function has, a list of names: `['account','contact']` or
  /// `["account"]`.
  ///
  /// @param rawQuery where aliases are defined
  /// @return without repetitions, in the order they were given
  /// @throws BadRequest if it is not there, is no such list, or anything else is given as well
  public SequencedSet<String> names(String parameter, @Nullable String rawQuery) {
    var aliases = RawOptions.parse(rawQuery);
    for (String option : aliases.keySet()) {
      if (!option.startsWith("@")) {
        throw RawOptions.unsupported(option);
      }
    }
    for (String given : arguments.keySet()) {
      if (!given.equals(parameter)) {
        throw BadRequest.query(name + " has no parameter " + Quoted.of(given) + ".");
      }
    }
    String value = arguments.get(parameter);
    if (value != null && value.startsWith("@")) {
      value = aliases.get(value);
    }
    if (value == null) {
      throw BadRequest.query(name + " needs a value for " + parameter + ".");
    }
    return names(value.strip());
  }

  /// The values of the parameters that are given, as they were written, aliases resolved.
  ///
  /// @param parameters those the function has
  /// @param rawQuery where aliases are defined
  /// @throws BadRequest if another parameter or option is given, or an alias has no value
  public SequencedMap<String, String> values(Set<String> parameters, @Nullable String rawQuery) {
    var aliases = RawOptions.parse(rawQuery);
    for (String option : aliases.keySet()) {
      if (!option.startsWith("@")) {
        throw RawOptions.unsupported(option);
      }
    }
    var values = new LinkedHashMap<String, String>();
    arguments.forEach((parameter, given) -> {
      if (!parameters.contains(parameter)) {
        throw BadRequest.query(name + " has no parameter " + Quoted.of(parameter) + ".");
      }
      String value = given.startsWith("@") ? aliases.get(given) : given;
      if (value == null) {
        throw BadRequest.query(name + " needs a value for " + Quoted.of(given) + ".");
      }
      values.put(parameter, value.strip());
    });
    return values;
  }

  private static SequencedSet<String> names(String list) {
    if (!list.startsWith("[") || !list.endsWith("]")) {
      throw BadRequest.query("A list of names is expected, not " + Quoted.of(list) + ".");
    }
    String inside = list.substring(1, list.length() - 1);
    var elements = inside.isBlank() ? new ArrayList<String>() : TopLevel.split(inside, ',');
    if (elements.size() > ELEMENTS_MAX) {
      throw BadRequest.query("A list has at most " + ELEMENTS_MAX + " elements.");
    }
    var names = new LinkedHashSet<String>();
    elements.forEach(element -> names.add(unquoted(element.strip())));
    return names;
  }

  private static String unquoted(String element) {
    int end = element.length() - 1;
    boolean quoted =
        end > 0
            && (element.charAt(0) == '\'' || element.charAt(0) == '"')
            && element.charAt(end) == element.charAt(0);
    if (!quoted || !Lexer.isPlainName(element.substring(1, end))) {
      throw BadRequest.query("A name in quotes is expected, not " + Quoted.of(element) + ".");
    }
    return element.substring(1, end);
  }
}
