package io.rowstream.odata.url;

import io.rowstream.odata.column.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The absolute URL everything of the dialect lies under, with its final slash:
/// `https://host/api/data/v9.2/`.
public record ServiceRoot(String url) {

  private static final String PATH = "/api/data/v9.";
  private static final int VERSION_MAX = 2;

  public ServiceRoot {
    if (!url.endsWith("/")) {
      throw new IllegalArgumentException("a service root ends with a slash: " + url);
    }
  }

  /// What follows the service root in a raw path: `accounts` in `/api/data/v9.1/accounts`.
  ///
  /// @return null if the path does not lie under a service root of v9.0 to v9.2
  public static @Nullable String afterRoot(String rawPath) {
    int digit = PATH.length();
    if (!rawPath.startsWith(PATH) || rawPath.length() == digit) {
      return null;
    }
    int minor = rawPath.charAt(digit) - '0';
    if (minor < 0 || minor > VERSION_MAX) {
      return null;
    }
    if (rawPath.length() == digit + 1) {
      return "";
    }
    return rawPath.charAt(digit + 1) == '/' ? rawPath.substring(digit + 2) : null;
  }

  /// What follows the service root in a reference to a resource, which may be absolute, rooted or
  /// relative. The host is not looked at: behind a gateway it is not known which ones are ours.
  ///
  /// @return null if the reference points elsewhere
  public static @Nullable String afterRootOfReference(String reference) {
    int scheme = reference.indexOf("://");
    if (scheme > 0) {
      int path = reference.indexOf('/', scheme + 3);
      return path < 0 ? null : afterRoot(reference.substring(path));
    }
    if (reference.startsWith("/api/")) {
      return afterRoot(reference);
    }
    return reference.startsWith("/") ? reference.substring(1) : reference;
  }

  /// The URL of one record: what `OData-EntityId` says.
  public String ofRecord(String set, UUID id) {
    return url + set + "(" + id + ")";
  }

  /// The `@odata.context` of a list.
  ///
  /// @param select empty for all columns
  public String contextOfList(String set, List<Column> select) {
    return contextOfList(set, select, List.of());
  }

  /// The `@odata.context` of a list whose records show related ones.
  ///
  /// @param select empty for all columns
  public String contextOfList(String set, List<Column> select, List<Expand> expands) {
    var shown = new ArrayList<String>();
    select.forEach(column -> shown.add(column.wireName()));
    expands.forEach(expand -> shown.add(shape(expand)));
    return url + "$metadata#" + set + list(shown);
  }

  /// The `@odata.context` of what has changed in a list.
  ///
  /// @param select empty for all columns
  public String contextOfDelta(String set, List<Column> select) {
    return contextOfList(set, select) + "/$delta";
  }

  /// The `@odata.context` of a record that is no longer in a list.
  public String contextOfRemoved(String set) {
    return url + "$metadata#" + set + "/$deletedEntity";
  }

  private static String shape(Expand expand) {
    var shown = new ArrayList<>(expand.select());
    expand.nested().forEach(nested -> shown.add(shape(nested)));
    return expand.property() + (shown.isEmpty() ? "()" : list(shown));
  }

  private static String list(List<String> shown) {
    return shown.isEmpty() ? "" : "(" + String.join(",", shown) + ")";
  }

  /// The `@odata.context` of one record.
  ///
  /// @param select empty for all columns
  public String contextOfRecord(String set, List<Column> select) {
    return contextOfRecord(set, select, List.of());
  }

  /// The `@odata.context` of one record that shows related ones.
  ///
  /// @param select empty for all columns
  public String contextOfRecord(String set, List<Column> select, List<Expand> expands) {
    return contextOfList(set, select, expands) + "/$entity";
  }

  /// The `@odata.context` of one property.
  public String contextOfProperty(String set, UUID id, Column column) {
    return url + "$metadata#" + set + "(" + id + ")/" + column.wireName();
  }
}
