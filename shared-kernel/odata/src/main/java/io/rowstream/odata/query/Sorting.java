package io.rowstream.odata.query;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.ColumnPath;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.url.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One column a list is sorted by.
public record Sorting(ColumnPath column, boolean descending) {

  static List<Sorting> of(List<SortKey> keys, Columns columns, EntityModel model) {
    var order = new ArrayList<Sorting>(keys.size());
    var seen = new HashSet<ColumnPath>();
    for (SortKey key : keys) {
      ColumnPath column = ColumnPath.of(key.path(), columns, model);
      if (column.column().type() instanceof AttributeType.Memo || !seen.add(column)) {
        throw BadRequest.query(
            "A list cannot be sorted by " + Quoted.of(column.wireName()) + ", or not twice.");
      }
      order.add(new Sorting(column, key.descending()));
    }
    return order;
  }
}
