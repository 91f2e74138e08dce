package io.rowstream.command.app.rows;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.json.Reference;
import io.rowstream.odata.text.GuidText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the columns of a file are of an entity type. Not thread-safe.
final class RowColumns {
  private static final String BIND = "@odata.bind";

  private final Columns columns;
  private final EntitySets sets;
  private final Map<String, String> chosen;
  private final Map<String, Target> known = new HashMap<>();

  /// @param chosen columns of the file and the properties they are; empty if each column is the
  ///   property of its own name
  RowColumns(Columns columns, EntitySets sets, Map<String, String> chosen) {
    this.columns = columns;
    this.sets = sets;
    this.chosen = Map.copyOf(chosen);
  }

  /// Where a column's cells go.
  sealed interface Target {}

  /// Nowhere.
  private record Nowhere() implements Target {}

  /// They are the record's own id.
  private record PrimaryId() implements Target {}

  private record Plain(Attribute attribute, CellValue reader) implements Target {}

  /// @param targets entity types they may refer to
  private record Link(String column, Attribute attribute, Set<String> targets) implements Target {}

  /// @throws RefusedRowException if there is no such property, or it cannot be written
  Target target(String fileColumn) {
    Target target = known.get(fileColumn);
    if (target == null) {
      target = find(fileColumn);
      if (!(target instanceof Nowhere)) {
        known.put(fileColumn, target);
      }
    }
    return target;
  }

  private Target find(String fileColumn) {
    String property = chosen.isEmpty() ? fileColumn : chosen.get(fileColumn);
    if (property == null) {
      return new Nowhere();
    }
    String name =
        property.endsWith(BIND)
            ? property.substring(0, property.length() - BIND.length())
            : property;
    Columns.Binding binding = columns.binding(name);
    if (binding != null) {
      return new Link(fileColumn, binding.attribute(), Set.of(binding.target()));
    }
    Attribute lookup = columns.entityType().attribute(name);
    if (lookup != null && lookup.type() instanceof AttributeType.Lookup(var targets)) {
      return new Link(fileColumn, lookup, targets);
    }
    return switch (columns.find(property)) {
      case Column.Plain(Attribute attribute) ->
          new Plain(attribute, new CellValue(fileColumn, attribute));
      case Column.LookupId(Attribute attribute)
          when attribute.type() instanceof AttributeType.Lookup(var targets) ->
          new Link(fileColumn, attribute, targets);
      case Column.PrimaryId _ -> new PrimaryId();
      case null -> {
        if (property.indexOf('@') < 0 || !chosen.isEmpty()) {
          throw new RefusedRowException(fileColumn, "there is no column " + Quoted.of(property));
        }
        yield new Nowhere();
      }
      case Column.Stamp _, Column.LookupId _ ->
          throw new RefusedRowException(fileColumn, "it can only be read");
    };
  }

  /// The id the row's own id column gives; null if there is none.
  @Nullable UUID id(Row.Cells row) {
    for (int i = 0; i < row.names().size(); i++) {
      String cell = row.cells().get(i);
      if (cell != null && target(row.names().get(i)) instanceof PrimaryId) {
        UUID id = GuidText.parse(cell.strip());
        if (id == null) {
          throw new RefusedRowException(row.names().get(i), "a guid is expected");
        }
        return id;
      }
    }
    return null;
  }

  /// What the row sets.
  ///
  /// @throws RefusedRowException if an attribute cannot hold it
  Map<String, Value> values(Row.Cells row) {
    var values = new HashMap<String, Value>();
    for (int i = 0; i < row.names().size(); i++) {
      String cell = row.cells().get(i);
      switch (target(row.names().get(i))) {
        case Plain(Attribute attribute, CellValue reader) ->
            put(values, row.names().get(i), attribute, cell == null ? null : reader.read(cell));
        case Link link ->
            put(values, link.column(), link.attribute(), cell == null ? null : read(link, cell));
        case Nowhere _, PrimaryId _ -> {}
      }
    }
    return values;
  }

  private static void put(
      Map<String, Value> values, String column, Attribute attribute, @Nullable Value value) {
    if (values.put(attribute.name(), value == null ? Value.empty() : value) != null) {
      throw new RefusedRowException(column, "another column sets the same attribute");
    }
  }

  private Value read(Link link, String cell) {
    Set<String> targets = link.targets();
    UUID id = GuidText.parse(cell.strip());
    RecordRef target;
    if (id == null) {
      target = Reference.parse(cell.strip(), sets);
    } else {
      target = targets.size() == 1 ? new RecordRef(targets.iterator().next(), id) : null;
    }
    if (target == null || !targets.contains(target.entityType())) {
      throw new RefusedRowException(
          link.column(),
          "a reference such as accounts(<id>) to one "
              + String.join(" or ", targets.stream().sorted().toList())
              + " is expected"
              + (targets.size() == 1 ? ", or its id" : ""));
    }
    return new Value.Lookup(target);
  }
}
