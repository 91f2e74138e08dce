package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a query function and its arguments, which come by name:
/// `Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['a','b'])`.
///
/// What leads to the property may stand in front of the function or of the property:
/// `c/…In(PropertyName='name',…)` is `…In(PropertyName='c/name',…)`.
final class CallParser {
  static final String NAMESPACE = "Microsoft.Dynamics.CRM.";

  private final Lexer lexer;
  private @Nullable Literal property;
  private @Nullable Literal value;
  private @Nullable List<Literal> values;

  /// @param lexer stands on what follows the function's name
  CallParser(Lexer lexer) {
    this.lexer = lexer;
  }

  static boolean isCall(PropertyPath path) {
    return path.names().getLast().startsWith(NAMESPACE);
  }

  /// @param path ends with the function's name
  Filter.Call call(PropertyPath path) {
    String function = path.names().getLast().substring(NAMESPACE.length());
    lexer.expect(Token.OPEN, "'('");
    do {
      argument(lexer.takeName());
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.CLOSE, "')'");
    if (!(property instanceof Literal.Text(String named))) {
      throw BadRequest.query(function + " needs a PropertyName in single quotes.");
    }
    return new Filter.Call(function, property(path, named), value, values);
  }

  private void argument(String name) {
    lexer.expect(Token.EQUALS, "'='");
    switch (name) {
      case "PropertyName" -> property = once(name, property, lexer.takeLiteral());
      case "PropertyValue" -> value = once(name, value, lexer.takeLiteral());
      case "PropertyValues" -> values = once(name, values, list());
      default ->
          throw BadRequest.query("A query function has no parameter " + Quoted.of(name) + ".");
    }
  }

  private static <T> T once(String name, @Nullable T before, T given) {
    if (before != null) {
      throw BadRequest.query(name + " is given twice.");
    }
    return given;
  }

  private List<Literal> list() {
    if (lexer.token() == Token.ALIAS) {
      Lexer alias = lexer.takeAlias();
      return alias.only(list(alias));
    }
    return list(lexer);
  }

  private static List<Literal> list(Lexer lexer) {
    var found = new ArrayList<Literal>();
    lexer.expect(Token.OPEN_LIST, "'['");
    do {
      if (found.size() == Filter.VALUES_MAX) {
        throw BadRequest.query(
            "A query function takes at most " + Filter.VALUES_MAX + " PropertyValues.");
      }
      found.add(lexer.takeLiteral());
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.CLOSE_LIST, "']'");
    return found;
  }

  private static PropertyPath property(PropertyPath path, String named) {
    var rest = new Lexer(named);
    var names = new ArrayList<>(path.names().subList(0, path.names().size() - 1));
    names.addAll(rest.restOfPath(rest.takeName()).names());
    rest.expect(Token.END, "'/'");
    if (names.size() > PropertyPath.NAMES_MAX) {
      throw BadRequest.query("A path has at most " + PropertyPath.NAMES_MAX + " names.");
    }
    return new PropertyPath(names);
  }
}
