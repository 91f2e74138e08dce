package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.text.TimeText;
import io.rowstream.odata.url.Lexer.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the options of one query.
final class QueryParser {

  private final Set<String> seen = new HashSet<>();
  private final StringBuilder withoutTokens = new StringBuilder();
  private final Aliases aliases = new Aliases();
  private @Nullable String filterText;
  private @Nullable String orderByText;
  private @Nullable String expandText;
  private @Nullable String applyText;
  private @Nullable Apply apply;
  private List<String> select = List.of();
  private @Nullable Filter filter;
  private List<SortKey> orderBy = List.of();
  private @Nullable Integer top;
  private boolean count;
  private List<Expand> expand = List.of();
  private @Nullable String skipToken;
  private @Nullable AsOf asOf;
  private @Nullable String deltaToken;

  QueryOptions parse(String raw) {
    int start = 0;
    while (start <= raw.length()) {
      int ampersand = raw.indexOf('&', start);
      int end = ampersand < 0 ? raw.length() : ampersand;
      if (end > start) {
        take(raw.substring(start, end));
      }
      start = end + 1;
    }
    readAliased();
    return new QueryOptions(
        select,
        filter,
        orderBy,
        top,
        count,
        expand,
        skipToken,
        asOf,
        deltaToken,
        withoutTokens.toString(),
        apply);
  }

  /// What aliases may stand in, which may come before or after.
  private void readAliased() {
    if (filterText != null) {
      filter = FilterParser.parse(filterText, aliases);
    }
    if (orderByText != null) {
      orderBy = SortKey.parse(orderByText, aliases);
    }
    if (expandText != null) {
      expand = Expand.parse(expandText, aliases);
    }
    if (applyText != null) {
      apply(new ApplyParser(aliases).parse(applyText));
    }
    aliases.requireUsed();
  }

  /// Only filtered, records remain records.
  private void apply(ApplyParser parsed) {
    apply = parsed.apply();
    var filters = new ArrayList<Filter>();
    if (filter != null) {
      filters.add(filter);
    }
    filters.addAll(parsed.filters());
    if (!filters.isEmpty()) {
      filter = filters.size() == 1 ? filters.getFirst() : new Filter.And(filters);
    }
  }

  private void take(String raw) {
    int equals = raw.indexOf('=');
    String name = PercentText.query(equals < 0 ? raw : raw.substring(0, equals));
    String value = equals < 0 ? "" : PercentText.query(raw.substring(equals + 1));
    if (!seen.add(name)) {
      throw BadRequest.query("Query option " + Quoted.of(name) + " is given twice.");
    }
    if (seen.size() > QueryOptions.OPTIONS_MAX) {
      throw BadRequest.query("There are more than " + QueryOptions.OPTIONS_MAX + " options.");
    }
    if (!name.equals("$skiptoken") && !name.equals("$deltatoken")) {
      withoutTokens.append(withoutTokens.isEmpty() ? "" : "&").append(raw);
    }
    take(name, value);
  }

  private void take(String name, String value) {
    switch (name) {
      case "$select" -> select = select(value);
      case "$filter" -> filterText = value;
      case "$orderby" -> orderByText = value;
      case "$top" -> top = top(value);
      case "$expand" -> expandText = value;
      case "$apply" -> applyText = value;
      case "$count" -> count = yesNo(value);
      case "$skiptoken" -> skipToken = token(name, value);
      case "$deltatoken" -> deltaToken = token(name, value);
      case "rowstream.version" -> asOf(new AsOf.Version(version(value)));
      case "rowstream.at" -> asOf(new AsOf.Time(time(value)));
      case "tag", "partitionid" -> {
        // Dataverse takes them too; they change no answer.
      }
      default -> {
        if (!Aliases.isAlias(name)) {
          throw BadRequest.query("Query option " + Quoted.of(name) + " is not supported.");
        }
        aliases.put(name, value);
      }
    }
  }

  static List<String> select(String value) {
    if (value.strip().equals("*")) {
      return List.of();
    }
    var lexer = new Lexer(value);
    var names = new LinkedHashSet<String>();
    do {
      if (names.size() == QueryOptions.SELECT_MAX) {
        throw BadRequest.query("$select has more than " + QueryOptions.SELECT_MAX + " names.");
      }
      names.add(lexer.takeName());
    } while (lexer.skip(Token.COMMA));
    lexer.expect(Token.END, "','");
    return List.copyOf(names);
  }

  static int top(String value) {
    long number = wholeNumber(value);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw BadRequest.query("$top is a number from 0 on, not " + Quoted.of(value) + ".");
    }
    return (int) number;
  }

  private static boolean yesNo(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw BadRequest.query("$count is true or false, not " + Quoted.of(value) + ".");
    };
  }

  private static String token(String name, String value) {
    if (value.isEmpty()) {
      throw BadRequest.query(name + " is empty.");
    }
    return value;
  }

  private static long version(String value) {
    long number = wholeNumber(value);
    if (number < 0) {
      throw BadRequest.query(
          "rowstream.version is a number from 0 on, not " + Quoted.of(value) + ".");
    }
    return number;
  }

  private static Instant time(String value) {
    Instant time = TimeText.parse(value);
    if (time == null) {
      throw BadRequest.query(
          "rowstream.at is a time such as 2026-11-21T10:00:00Z, not " + Quoted.of(value) + ".");
    }
    return time;
  }

  private void asOf(AsOf wanted) {
    if (asOf != null) {
      throw BadRequest.query("Either rowstream.version or rowstream.at is given, not both.");
    }
    asOf = wanted;
  }

  /// @return -1 if the text is not a whole number from 0 on that fits 64 bits
  private static long wholeNumber(String text) {
    if (text.isEmpty() || text.length() > 19) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number < 0 ? -1 : number;
  }
}
