package io.rowstream.odata.query;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceLambdaAll;
import org.apache.olingo.server.api.uri.UriResourceLambdaAny;
import org.apache.olingo.server.api.uri.queryoption.ExpandItem;
import org.apache.olingo.server.api.uri.queryoption.ExpandOption;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByOption;
import org.apache.olingo.server.api.uri.queryoption.SelectItem;
import org.apache.olingo.server.api.uri.queryoption.SelectOption;
import org.apache.olingo.server.api.uri.queryoption.SystemQueryOption;
import org.apache.olingo.server.api.uri.queryoption.expression.Binary;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.Method;
import org.apache.olingo.server.api.uri.queryoption.expression.Unary;
import org.apache.olingo.server.core.uri.parser.Parser;
import org.jspecify.annotations.Nullable;

/// The parser of Apache Olingo's server, over our `$metadata`.
final class OlingoParser {
  private final Edm edm;
  private final OData odata = OData.newInstance();

  OlingoParser(byte[] metadata) {
    edm =
        ODataClientFactory.getClient().getReader().readMetadata(new ByteArrayInputStream(metadata));
  }

  /// @param query percent-encoded
  /// @return what it understands, in the form of [QueryTree]
  String parse(String set, String query) throws ODataLibraryException {
    UriInfoResource uri =
        new Parser(edm, odata).parseUri("/" + set, query, null, "http://localhost/");
    var filter = uri.getFilterOption();
    var top = uri.getTopOption();
    var count = uri.getCountOption();
    return QueryTree.of(
        select(uri.getSelectOption()),
        filter == null ? null : text(filter.getExpression()),
        orderBy(uri.getOrderByOption()),
        top == null ? null : top.getValue(),
        count != null && count.getValue(),
        expand(uri.getExpandOption()),
        others(uri));
  }

  /// What [QueryTree] has no place for.
  private static List<String> others(UriInfoResource uri) {
    var others = new ArrayList<String>();
    for (SystemQueryOption option :
        new @Nullable SystemQueryOption[] {
          uri.getSkipOption(), uri.getSearchOption(), uri.getFormatOption(), uri.getApplyOption()
        }) {
      if (option != null) {
        others.add(Objects.requireNonNull(option.getName()));
      }
    }
    return others;
  }

  private static List<String> select(@Nullable SelectOption option) {
    return option == null
        ? List.of()
        : option.getSelectItems().stream().map(OlingoParser::text).distinct().toList();
  }

  private static String text(SelectItem item) {
    return item.isStar() ? "*" : path(item.getResourcePath().getUriResourceParts());
  }

  private static List<String> orderBy(@Nullable OrderByOption option) {
    return option == null
        ? List.of()
        : option.getOrders().stream().map(OlingoParser::text).toList();
  }

  private static String text(OrderByItem item) {
    return text(item.getExpression()) + (item.isDescending() ? " desc" : "");
  }

  private static List<String> expand(@Nullable ExpandOption option) {
    return option == null
        ? List.of()
        : option.getExpandItems().stream().map(OlingoParser::text).toList();
  }

  private static String text(ExpandItem item) {
    var filter = item.getFilterOption();
    var top = item.getTopOption();
    var count = item.getCountOption();
    return (item.isStar() ? "*" : path(item.getResourcePath().getUriResourceParts()))
        + QueryTree.of(
            select(item.getSelectOption()),
            filter == null ? null : text(filter.getExpression()),
            orderBy(item.getOrderByOption()),
            top == null ? null : top.getValue(),
            count != null && count.getValue(),
            expand(item.getExpandOption()),
            item.getSkipOption() == null ? List.of() : List.of("$skip"));
  }

  private static String text(Expression expression) {
    return switch (expression) {
      case Binary binary -> text(binary);
      case Unary unary -> "(" + unary.getOperator() + " " + text(unary.getOperand()) + ")";
      case Method method ->
          QueryTree.node(method.getMethod().toString(), texts(method.getParameters()));
      case Literal literal -> QueryTree.literal(literal.getText());
      case Member member -> member(member.getResourcePath().getUriResourceParts());
      default -> expression.toString();
    };
  }

  private static String text(Binary binary) {
    BinaryOperatorKind operator = binary.getOperator();
    return switch (operator) {
      case AND, OR -> {
        var members = new ArrayList<String>();
        chain(operator, binary, members);
        yield QueryTree.node(operator.toString(), members);
      }
      case IN ->
          QueryTree.node("in " + text(binary.getLeftOperand()), texts(binary.getExpressions()));
      default ->
          QueryTree.node(
              operator.toString(),
              List.of(text(binary.getLeftOperand()), text(binary.getRightOperand())));
    };
  }

  private static void chain(
      BinaryOperatorKind operator, Expression expression, List<String> members) {
    if (expression instanceof Binary binary && binary.getOperator() == operator) {
      chain(operator, binary.getLeftOperand(), members);
      chain(operator, binary.getRightOperand(), members);
    } else {
      members.add(text(expression));
    }
  }

  private static List<String> texts(List<Expression> expressions) {
    return expressions.stream().map(OlingoParser::text).toList();
  }

  private static String member(List<UriResource> parts) {
    String collection = path(parts.subList(0, parts.size() - 1));
    return switch (parts.getLast()) {
      case UriResourceLambdaAny any ->
          QueryTree.lambda(
              "any", collection, any.getLambdaVariable(), condition(any.getExpression()));
      case UriResourceLambdaAll all ->
          QueryTree.lambda(
              "all", collection, all.getLambdaVariable(), condition(all.getExpression()));
      default -> path(parts);
    };
  }

  private static @Nullable String condition(@Nullable Expression expression) {
    return expression == null ? null : text(expression);
  }

  private static String path(List<UriResource> parts) {
    return String.join("/", parts.stream().map(UriResource::getSegmentValue).toList());
  }
}
