package io.rowstream.query.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.column.Column;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.header.Annotations;
import io.rowstream.odata.json.GroupsJson;
import io.rowstream.odata.json.RecordNames;
import io.rowstream.odata.json.RecordTree;
import io.rowstream.odata.query.Aggregation;
import io.rowstream.odata.query.Expansion;
import io.rowstream.query.projections.current.CurrentRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the records that others refer to are called. Thread-safe; callers wait for PostgreSQL: for
/// one statement, however many records an answer shows, and one more for a record by itself.
record TargetNames(CurrentRecords records, EntityModel model) {

  static boolean wanted(ReadRequest request) {
    return request.preferences().annotations().includes(Annotations.FORMATTED_VALUE);
  }

  /// Names as far as the projection is.
  ///
  /// @param select what is shown of each record
  /// @param expansions what is shown within it
  RecordNames of(
      ReadRequest request,
      List<RecordTree> trees,
      List<Column> select,
      List<Expansion> expansions) {
    if (!wanted(request)) {
      return RecordNames.NONE;
    }
    Map<RecordRef, String> primaryNames = new HashMap<>();
    trees.forEach(tree -> collect(tree, select, expansions, primaryNames));
    return read(primaryNames);
  }

  /// Names for one record: those it refers to itself are current, as it is; those within it are as
  /// far as the projection is.
  RecordNames ofOne(
      ReadRequest request, RecordTree tree, List<Column> select, List<Expansion> expansions) {
    if (!wanted(request)) {
      return RecordNames.NONE;
    }
    Map<RecordRef, String> own = new HashMap<>();
    collect(tree, select, List.of(), own);
    Map<RecordRef, String> within = new HashMap<>();
    collect(tree, List.of(), expansions, within);
    within.keySet().removeAll(own.keySet());
    Map<RecordRef, String> current = records.currentTexts(own);
    RecordNames others = read(within);
    return target -> own.containsKey(target) ? current.get(target) : others.of(target);
  }

  /// @param groups of which keys may refer to records
  RecordNames ofKeys(ReadRequest request, Aggregation query, List<GroupsJson.Group> groups) {
    if (!wanted(request)) {
      return RecordNames.NONE;
    }
    Map<RecordRef, String> primaryNames = new HashMap<>();
    for (GroupsJson.Group group : groups) {
      for (int i = 0; i < query.keys().size(); i++) {
        RecordRef target = query.keys().get(i).column().column().target(group.keys().get(i));
        if (target != null) {
          put(target, primaryNames);
        }
      }
    }
    return read(primaryNames);
  }

  private RecordNames read(Map<RecordRef, String> primaryNames) {
    return primaryNames.isEmpty() ? RecordNames.NONE : records.texts(primaryNames)::get;
  }

  private void collect(
      RecordTree tree,
      List<Column> select,
      List<Expansion> expansions,
      Map<RecordRef, String> primaryNames) {
    for (Column column : select) {
      RecordRef target = column.target(tree.image().value(column));
      if (target != null) {
        put(target, primaryNames);
      }
    }
    for (Expansion each : expansions) {
      switch (tree.related().get(each.property())) {
        case RecordTree.Related.One(var one) -> {
          if (one != null) {
            collect(one, each.select(), each.nested(), primaryNames);
          }
        }
        case RecordTree.Related.Many(var many, _) ->
            many.forEach(one -> collect(one, each.select(), each.nested(), primaryNames));
        case null -> {}
      }
    }
  }

  private void put(RecordRef target, Map<RecordRef, String> primaryNames) {
    var columns = model.ofType(target.entityType());
    if (columns != null) {
      var type = columns.entityType();
      var name = type.attribute(type.primaryName());
      if (name != null && name.type() instanceof AttributeType.Text) {
        primaryNames.put(target, name.name());
      }
    }
  }
}
