package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Pratt parser: each infix operator has a binding power, and an expression ends where a weaker
/// operator begins. It recurses once for each parenthesis and `not`, at most [Filter#DEPTH_MAX]
/// deep.
final class FilterParser {

  /// Binding powers, weakest first.
  private static final int OR = 1;

  private static final int AND = 2;
  private static final int COMPARISON = 3;

  private final Lexer lexer;
  private int depth;
  private int terms;

  private FilterParser(String text, Aliases aliases) {
    lexer = new Lexer(text, aliases);
  }

  /// @param aliases for values and properties
  static Filter parse(String text, Aliases aliases) {
    if (text.length() > Filter.LENGTH_MAX) {
      throw BadRequest.query("$filter is longer than " + Filter.LENGTH_MAX + " characters.");
    }
    return new FilterParser(text, aliases).parse();
  }

  private Filter parse() {
    Filter filter = filter(expression(OR));
    lexer.expect(Token.END, "an operator or the end of the filter");
    return filter;
  }

  /// A condition, or an operand that an operator has yet to make one of.
  private sealed interface Expression {
    record Condition(Filter filter) implements Expression {}

    record Side(Operand operand) implements Expression {}
  }

  private Expression expression(int power) {
    Expression left = prefix();
    while (lexer.token() == Token.NAME) {
      int found = infixPower();
      if (found == 0) {
        throw lexer.failure("an operator is expected");
      }
      if (found < power) {
        return left;
      }
      left = new Expression.Condition(infix(left, found));
    }
    return left;
  }

  private int infixPower() {
    if (lexer.isName("or")) {
      return OR;
    }
    if (lexer.isName("and")) {
      return AND;
    }
    return lexer.isName("in") || lexer.isComparator() ? COMPARISON : 0;
  }

  private Filter infix(Expression left, int power) {
    return switch (power) {
      case OR -> new Filter.Or(chain(left, "or", OR));
      case AND -> new Filter.And(chain(left, "and", AND));
      default -> comparison(operand(left));
    };
  }

  /// `a and b and c` is one condition with three members, however long it gets.
  private List<Filter> chain(Expression first, String operator, int power) {
    var members = new ArrayList<Filter>();
    members.add(filter(first));
    while (lexer.isName(operator)) {
      lexer.advance();
      members.add(filter(expression(power + 1)));
    }
    return members;
  }

  private Filter comparison(Operand left) {
    count();
    String operator = lexer.takeName();
    Comparator comparator = Comparator.named(operator);
    if (comparator == null) {
      return in(left);
    }
    return new Filter.Comparison(comparator, left, operand(expression(COMPARISON + 1)));
  }

  private Filter in(Operand left) {
    if (!(left instanceof PropertyPath path)) {
      throw lexer.failure("a property is expected before 'in'");
    }
    lexer.expect(Token.OPEN, "'('");
    var values = new ArrayList<Literal>();
    do {
      count();
      values.add(lexer.takeLiteral());
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.CLOSE, "')'");
    return new Filter.In(path, values);
  }

  private Expression prefix() {
    return switch (lexer.token()) {
      case OPEN -> {
        lexer.advance();
        Expression inner = nested(OR);
        lexer.expect(Token.CLOSE, "')'");
        yield inner;
      }
      case LITERAL -> new Expression.Side(lexer.takeLiteral());
      case ALIAS -> alias(lexer.takeAlias());
      case NAME -> name();
      case COUNT, OPEN_LIST, CLOSE, CLOSE_LIST, COMMA, SLASH, EQUALS, COLON, END ->
          throw lexer.failure("a property or a value is expected");
    };
  }

  private static Expression alias(Lexer value) {
    return new Expression.Side(
        value.only(value.token() == Token.NAME ? value.takePath() : value.takeLiteral()));
  }

  private Expression name() {
    String name = lexer.takeName();
    if (name.equals("not") && lexer.token() != Token.SLASH) {
      return new Expression.Condition(new Filter.Not(filter(nested(COMPARISON))));
    }
    PropertyPath path = lexer.restOfPath(name);
    if (lexer.token() != Token.OPEN) {
      return new Expression.Side(path);
    }
    if (CallParser.isCall(path)) {
      count();
      return new Expression.Condition(new CallParser(lexer).call(path));
    }
    return new Expression.Condition(path.names().size() == 1 ? function(name) : lambda(path));
  }

  private Filter lambda(PropertyPath path) {
    var names = path.names();
    boolean every = names.getLast().equals("all");
    if (names.size() < 2 || !(every || names.getLast().equals("any"))) {
      throw lexer.failure("only any and all can follow a collection");
    }
    count();
    lexer.expect(Token.OPEN, "'('");
    var collection = new PropertyPath(names.subList(0, names.size() - 1));
    if (!every && lexer.skip(Token.CLOSE)) {
      return new Filter.Lambda(collection, false, "", null);
    }
    String variable = lexer.takeName();
    lexer.expect(Token.COLON, "':'");
    Filter condition = filter(nested(OR));
    lexer.expect(Token.CLOSE, "')'");
    return new Filter.Lambda(collection, every, variable, condition);
  }

  private Expression nested(int power) {
    if (++depth > Filter.DEPTH_MAX) {
      throw BadRequest.query("$filter nests deeper than " + Filter.DEPTH_MAX + ".");
    }
    Expression inner = expression(power);
    depth--;
    return inner;
  }

  private Filter function(String name) {
    count();
    lexer.advance();
    @Nullable TextFunction function = TextFunction.named(name);
    if (function == null) {
      throw BadRequest.query("The function " + Quoted.of(name) + " is not supported.");
    }
    Operand text = operand(expression(COMPARISON));
    lexer.expect(Token.COMMA, "','");
    Operand part = operand(expression(COMPARISON));
    lexer.expect(Token.CLOSE, "')'");
    return new Filter.TextMatch(function, text, part);
  }

  private void count() {
    if (++terms > Filter.TERMS_MAX) {
      throw BadRequest.query("$filter has more than " + Filter.TERMS_MAX + " terms.");
    }
  }

  private Filter filter(Expression expression) {
    return switch (expression) {
      case Expression.Condition(Filter filter) -> filter;
      case Expression.Side(Operand operand) ->
          throw lexer.failure(
              "a comparison is expected, " + Quoted.of(operand.text()) + " is none");
    };
  }

  private Operand operand(Expression expression) {
    return switch (expression) {
      case Expression.Side(Operand operand) -> operand;
      case Expression.Condition _ ->
          throw lexer.failure("a property or a value is expected, not a condition");
    };
  }
}
