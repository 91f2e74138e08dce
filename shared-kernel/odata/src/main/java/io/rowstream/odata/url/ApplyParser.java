package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `$apply`: any number of `filter(…)`, then `groupby(…)` or `aggregate(…)`, which ends it.
/// For one text.
final class ApplyParser {
  private static final String FILTER = "filter(";

  private final Aliases aliases;
  private final List<Filter> filters = new ArrayList<>();
  private @Nullable Apply apply;

  ApplyParser(Aliases aliases) {
    this.aliases = aliases;
  }

  /// The conditions records have to meet, in the order they were written.
  List<Filter> filters() {
    return filters;
  }

  /// What is made of the records; null when they are only filtered.
  @Nullable Apply apply() {
    return apply;
  }

  ApplyParser parse(String text) {
    var steps = TopLevel.split(text, '/');
    if (steps.size() > Apply.STEPS_MAX) {
      throw BadRequest.query("$apply has more than " + Apply.STEPS_MAX + " steps.");
    }
    for (String each : steps) {
      String step = each.strip();
      if (apply != null) {
        throw BadRequest.query(
            "$apply ends with groupby or aggregate; " + Quoted.of(step) + " cannot follow.");
      }
      if (step.startsWith(FILTER) && step.endsWith(")")) {
        String condition = step.substring(FILTER.length(), step.length() - 1);
        filters.add(FilterParser.parse(condition, aliases));
      } else {
        apply = transformation(new Lexer(step, aliases));
      }
    }
    return this;
  }

  private static Apply transformation(Lexer lexer) {
    if (lexer.isName("aggregate")) {
      return lexer.only(new Apply(List.of(), aggregates(lexer)));
    }
    if (!lexer.isName("groupby")) {
      throw lexer.failure("filter(…), groupby(…) or aggregate(…) is expected");
    }
    lexer.advance();
    lexer.expect(Token.OPEN, "'('");
    var by = properties(lexer);
    List<Apply.Aggregate> aggregates = lexer.skip(Token.COMMA) ? aggregates(lexer) : List.of();
    lexer.expect(Token.CLOSE, "')'");
    return lexer.only(new Apply(by, aggregates));
  }

  private static List<PropertyPath> properties(Lexer lexer) {
    lexer.expect(Token.OPEN, "'('");
    var by = new ArrayList<PropertyPath>();
    do {
      if (by.size() == Apply.BY_MAX) {
        throw BadRequest.query("groupby takes at most " + Apply.BY_MAX + " properties.");
      }
      by.add(lexer.takePath());
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.CLOSE, "')'");
    return by;
  }

  private static List<Apply.Aggregate> aggregates(Lexer lexer) {
    if (!lexer.isName("aggregate")) {
      throw lexer.failure("aggregate(…) is expected");
    }
    lexer.advance();
    lexer.expect(Token.OPEN, "'('");
    var aggregates = new ArrayList<Apply.Aggregate>();
    do {
      if (aggregates.size() == Apply.AGGREGATES_MAX) {
        throw BadRequest.query("aggregate takes at most " + Apply.AGGREGATES_MAX + " of them.");
      }
      aggregates.add(aggregate(lexer));
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.CLOSE, "')'");
    return aggregates;
  }

  private static Apply.Aggregate aggregate(Lexer lexer) {
    if (lexer.skip(Token.COUNT)) {
      return new Apply.Aggregate(null, Apply.Method.COUNT, alias(lexer));
    }
    PropertyPath property = lexer.takePath();
    word(lexer, "with");
    String name = lexer.takeName();
    Apply.Method method = Apply.Method.named(name);
    if (method == null) {
      throw BadRequest.query("The aggregation " + Quoted.of(name) + " is not supported.");
    }
    return new Apply.Aggregate(property, method, alias(lexer));
  }

  private static String alias(Lexer lexer) {
    word(lexer, "as");
    String alias = lexer.takeName();
    if (!Lexer.isPlainName(alias)) {
      throw BadRequest.query("A result cannot be called " + Quoted.of(alias) + ".");
    }
    return alias;
  }

  private static void word(Lexer lexer, String word) {
    if (!lexer.isName(word)) {
      throw lexer.failure("'" + word + "' is expected");
    }
    lexer.advance();
  }
}
