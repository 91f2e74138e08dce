package io.rowstream.odata.audit;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A property of an entry in `audits`.
public enum AuditColumn {
  ID("auditid"),
  CREATED_ON("createdon"),
  OPERATION("operation"),
  ACTION("action"),
  OBJECT_TYPE("objecttypecode"),
  OBJECT("_objectid_value"),
  USER("_userid_value"),
  /// Always null: a command says on whose behalf it is, and nothing else.
  CALLING_USER("_callinguserid_value"),
  TRANSACTION("transactionid"),
  /// Always null: attributes have no numbers.
  ATTRIBUTE_MASK("attributemask"),
  CHANGE_DATA("changedata");

  private final String wireName;

  AuditColumn(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /// The columns `$select` names, all when it names none; the id is always among them.
  ///
  /// @throws BadRequest if one of them does not exist
  public static Set<AuditColumn> select(List<String> wireNames) {
    if (wireNames.isEmpty()) {
      return EnumSet.allOf(AuditColumn.class);
    }
    var selected = EnumSet.of(ID);
    wireNames.forEach(name -> selected.add(require(name)));
    return selected;
  }

  /// @throws BadRequest if there is none
  static AuditColumn require(String wireName) {
    AuditColumn column = find(wireName);
    if (column == null) {
      throw BadRequest.query(
          "Could not find a property named "
              + Quoted.of(wireName)
              + " on type 'Microsoft.Dynamics.CRM.audit'.");
    }
    return column;
  }

  private static @Nullable AuditColumn find(String wireName) {
    for (AuditColumn column : values()) {
      if (column.wireName.equals(wireName)) {
        return column;
      }
    }
    return null;
  }
}
