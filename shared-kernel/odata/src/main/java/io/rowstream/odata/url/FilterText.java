package io.rowstream.odata.url;

import java.util.List;
import java.util.stream.Collectors;

/// Writes a filter with as few parentheses as keep its shape.
final class FilterText {

  private FilterText() {}

  static String of(Filter filter) {
    var text = new StringBuilder();
    write(text, filter);
    return text.toString();
  }

  private static void write(StringBuilder text, Filter filter) {
    switch (filter) {
      case Filter.And(var members) -> join(text, members, " and ");
      case Filter.Or(var members) -> join(text, members, " or ");
      case Filter.Not(var member) -> {
        text.append("not ");
        writeMember(text, member);
      }
      case Filter.Comparison(var comparator, var left, var right) ->
          text.append(left.text())
              .append(' ')
              .append(comparator.text())
              .append(' ')
              .append(right.text());
      case Filter.TextMatch(var function, var whole, var part) ->
          text.append(function.text())
              .append('(')
              .append(whole.text())
              .append(',')
              .append(part.text())
              .append(')');
      case Filter.Lambda lambda -> writeLambda(text, lambda);
      case Filter.Call call -> writeCall(text, call);
      case Filter.In(var path, var values) ->
          text.append(path.text()).append(" in (").append(list(values)).append(')');
    }
  }

  private static void writeCall(StringBuilder text, Filter.Call call) {
    text.append(CallParser.NAMESPACE).append(call.function()).append("(PropertyName=");
    text.append(new Literal.Text(call.property().text()).text());
    if (call.value() != null) {
      text.append(",PropertyValue=").append(call.value().text());
    }
    if (call.values() != null) {
      text.append(",PropertyValues=[").append(list(call.values())).append(']');
    }
    text.append(')');
  }

  private static String list(List<Literal> values) {
    return values.stream().map(Literal::text).collect(Collectors.joining(","));
  }

  private static void writeLambda(StringBuilder text, Filter.Lambda lambda) {
    text.append(lambda.collection().text()).append(lambda.every() ? "/all(" : "/any(");
    Filter condition = lambda.condition();
    if (condition != null) {
      text.append(lambda.variable()).append(':');
      write(text, condition);
    }
    text.append(')');
  }

  private static void join(StringBuilder text, List<Filter> members, String operator) {
    for (int i = 0; i < members.size(); i++) {
      text.append(i == 0 ? "" : operator);
      writeMember(text, members.get(i));
    }
  }

  private static void writeMember(StringBuilder text, Filter member) {
    boolean chain = member instanceof Filter.And || member instanceof Filter.Or;
    text.append(chain ? "(" : "");
    write(text, member);
    text.append(chain ? ")" : "");
  }
}
