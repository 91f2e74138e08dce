package io.rowstream.query.projections.current;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The text of a statement under construction and the values of its parameters, in order. Text is
/// ours alone: whatever a caller has sent is a parameter. For one thread.
final class Sql {
  private final StringBuilder text = new StringBuilder(512);
  private final List<Object> values = new ArrayList<>();

  Sql add(String ours) {
    text.append(ours);
    return this;
  }

  /// Adds `placeholder`, an expression with one `?`, and the value for it.
  Sql bind(String placeholder, Object value) {
    text.append(placeholder);
    values.add(value);
    return this;
  }

  Sql add(Sql other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  String text() {
    return text.toString();
  }

  void setValues(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
