package io.rowstream.query.projections.current;

import io.rowstream.eventlog.RecordState;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A column as an expression over a row of `view.record`, null where a record has no value.
///
/// @param stored of SQL; the only name in it is an attribute's, which the catalogue has checked
/// @param lookupTargets the entity types a lookup may refer to
record ColumnSql(Kind kind, String stored, Set<String> lookupTargets) {

  /// What can be compared with what.
  enum Kind {
    TEXT("lower(?)"),
    NUMBER("?::numeric"),
    YES_NO("?"),
    TIME("?"),
    SECOND("?::timestamp"),
    GUID("?"),
    LOOKUP("?");

    // What a value of this kind is compared as.
    private final String placeholder;

    Kind(String placeholder) {
      this.placeholder = placeholder;
    }

    String placeholder() {
      return placeholder;
    }
  }

  static ColumnSql of(Column column, Scope scope) {
    return switch (column) {
      case Column.Related(var hops, var last) -> ofRow(last, scope.row(hops));
      case Column.FirstOf(var columns) -> of(Kind.TEXT, first(columns, scope));
      case Column.Own _, Column.Of _ -> ofRow(column, scope.row());
    };
  }

  private static String first(List<Column.Related> columns, Scope scope) {
    return columns.stream()
        .map(column -> of(column, scope).stored())
        .collect(Collectors.joining(", ", "coalesce(", ")"));
  }

  /// @param row the name of the row of `view.record`
  static ColumnSql ofRow(Column column, String row) {
    return switch (column) {
      case Column.Own own -> own(own, row);
      case Column.Of(Attribute attribute) ->
          attribute(row + ".attributes", attribute.name(), attribute.type());
      case Column.Related _, Column.FirstOf _ ->
          throw new IllegalArgumentException("of another row: " + column);
    };
  }

  private static ColumnSql own(Column.Own own, String row) {
    return switch (own) {
      case ID -> of(Kind.GUID, row + ".id");
      case VERSION -> of(Kind.NUMBER, row + ".version");
      case CREATED_ON -> of(Kind.SECOND, second(row + ".created_on"));
      case CREATED_BY -> of(Kind.GUID, row + ".created_by");
      case MODIFIED_ON -> of(Kind.SECOND, second(row + ".modified_on"));
      case MODIFIED_BY -> of(Kind.GUID, row + ".modified_by");
    };
  }

  private static ColumnSql attribute(String attributes, String name, AttributeType type) {
    return switch (type) {
      case AttributeType.Text _, AttributeType.Memo _ ->
          of(Kind.TEXT, attributes + " ->> '" + name + "'");
      case AttributeType.WholeNumber _, AttributeType.BigInteger _, AttributeType.Choice _ ->
          of(Kind.NUMBER, plain(attributes, name, "number", "numeric"));
      case AttributeType.Decimal _, AttributeType.Money _ ->
          of(Kind.NUMBER, tagged(attributes, name, "decimal") + "::numeric");
      case AttributeType.YesNo _ -> of(Kind.YES_NO, plain(attributes, name, "boolean", "boolean"));
      case AttributeType.DateTime _ ->
          of(Kind.TIME, "rtrim(" + tagged(attributes, name, "time") + ", 'Z') COLLATE \"C\"");
      case AttributeType.Guid _ -> of(Kind.GUID, tagged(attributes, name, "guid") + "::uuid");
      case AttributeType.Lookup lookup ->
          new ColumnSql(Kind.LOOKUP, tagged(attributes, name, "lookup"), lookup.targets());
    };
  }

  // An index takes no expression that depends on the session's time zone.
  private static String second(String time) {
    return "date_trunc('second', " + time + " AT TIME ZONE 'UTC')";
  }

  private static ColumnSql of(Kind kind, String stored) {
    return new ColumnSql(kind, stored, Set.of());
  }

  // A value of an earlier type of the attribute is no value, rather than an error.
  private static String plain(String attributes, String name, String jsonType, String sqlType) {
    return "CASE jsonb_typeof(%1$s -> '%2$s') WHEN '%3$s' THEN (%1$s -> '%2$s')::%4$s END"
        .formatted(attributes, name, jsonType, sqlType);
  }

  private static String tagged(String attributes, String name, String tag) {
    return "(%s -> '%s' ->> '%s')".formatted(attributes, name, tag);
  }

  /// What a value is compared with.
  String expression() {
    return kind == Kind.TEXT ? "lower(" + stored + ")" : stored;
  }

  /// What a list is ordered by.
  String orderKey() {
    return kind == Kind.TEXT ? orderText(stored) : stored;
  }

  /// What a value is when it is compared with [#orderKey()].
  String orderPlaceholder() {
    return kind == Kind.TEXT ? orderText("?") : kind.placeholder();
  }

  private static String orderText(String text) {
    return "lower(left(" + text + ", " + Order.TEXT_LENGTH + "))";
  }

  /// @throws BadQueryException if a value of this column can never be such
  Object parameter(Value value) {
    return switch (value) {
      case Value.Text(String text) when kind == Kind.TEXT -> text.replace('\0', '\uFFFD');
      case Value.Whole(long number) when kind == Kind.NUMBER -> number;
      case Value.Decimal decimal when kind == Kind.NUMBER -> decimal.number();
      case Value.YesNo(boolean yes) when kind == Kind.YES_NO -> yes;
      case Value.DateTime time when kind == Kind.TIME -> sortable(time);
      case Value.DateTime time when kind == Kind.SECOND ->
          LocalDateTime.ofInstant(time.at(), ZoneOffset.UTC);
      case Value.Guid guid when kind == Kind.GUID -> guid.id();
      case Value.Text _,
          Value.Whole _,
          Value.Decimal _,
          Value.YesNo _,
          Value.DateTime _,
          Value.Guid _,
          Value.Lookup _,
          Value.Empty _ ->
          throw new BadQueryException("a value is not of the type of what it is compared with");
    };
  }

  /// As the log has it, but without the `Z`, a time sorts as text, from the year 0 to 9999.
  private static String sortable(Value.DateTime time) {
    String text = time.at().toString();
    return text.substring(0, text.length() - 1);
  }

  /// What a record has in `column`, as far as an order looks at it.
  static Value key(Column column, RecordState state) {
    return switch (column) {
      case Column.Related(_, var last) -> key(last, state);
      case Column.FirstOf _ -> throw new IllegalArgumentException("of other rows: " + column);
      case Column.Own own -> ownKey(own, state);
      case Column.Of(Attribute attribute) ->
          switch (state.values().getOrDefault(attribute.name(), Value.empty())) {
            case Value.Text(String text) -> key(text);
            case Value other -> other;
          };
    };
  }

  static Value key(String text) {
    return new Value.Text(beginning(text));
  }

  private static String beginning(String text) {
    return text.codePointCount(0, text.length()) <= Order.TEXT_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Order.TEXT_LENGTH));
  }

  private static Value ownKey(Column.Own own, RecordState state) {
    return switch (own) {
      case ID -> new Value.Guid(state.record().id());
      case VERSION -> new Value.Whole(state.version());
      case CREATED_ON -> new Value.DateTime(state.createdOn().truncatedTo(ChronoUnit.SECONDS));
      case CREATED_BY -> new Value.Guid(state.createdBy());
      case MODIFIED_ON -> new Value.DateTime(state.modifiedOn().truncatedTo(ChronoUnit.SECONDS));
      case MODIFIED_BY -> new Value.Guid(state.modifiedBy());
    };
  }
}
