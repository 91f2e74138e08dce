package io.rowstream.odata.json;

import io.rowstream.language.RecordRef;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.column.EntitySets;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A reference to one record inside a body: `/accounts(6f0d…)`, `accounts(accountnumber='A')`, an
/// absolute URL, or, in a batch, `$1`.
public final class Reference {

  private Reference() {}

  /// @return null if the text does not refer to a record
  public static @Nullable RecordRef parse(String text, EntitySets sets) {
    if (text.startsWith("$")) {
      return sets.written(text);
    }
    String path = ServiceRoot.afterRootOfReference(text);
    if (path == null) {
      return null;
    }
    try {
      if (!(ResourcePath.parse(path) instanceof ResourcePath.SingleRecord single)) {
        return null;
      }
      String entityType = sets.entityType(single.set());
      if (entityType == null) {
        return null;
      }
      UUID id = single.key().idOr(entityType + "id");
      return id == null ? sets.withKey(single.set(), single.key()) : new RecordRef(entityType, id);
    } catch (BadRequest _) {
      return null;
    }
  }
}
