package io.rowstream.query.app;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.Preferences;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import io.rowstream.web.SingleField;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// A read as it came over the wire, its parts understood.
///
/// @param options none when the path has query options of its own
/// @param query as it came over the wire; null when the URL has none
/// @param minPosition the position a list has to include; 0 when the caller does not mind
/// @param caller what `MSCRMCallerID` says; null when it is not there
record ReadRequest(
    ServiceRoot root,
    ResourcePath path,
    QueryOptions options,
    @Nullable String query,
    Condition ifNoneMatch,
    Preferences preferences,
    long minPosition,
    @Nullable String caller) {

  static final String MIN_POSITION = "Rowstream-Min-Position";

  private static final int NUMBER_LENGTH_MAX = 18;

  /// @throws BadRequest if a part is malformed
  static ReadRequest read(ServerHttpRequest request) {
    URI uri = request.getURI();
    String path = uri.getRawPath();
    String afterRoot = ServiceRoot.afterRoot(path);
    if (afterRoot == null) {
      throw new NotFoundException(path);
    }
    String rootPath = path.substring(0, path.length() - afterRoot.length());
    var target =
        ResourcePath.parse(afterRoot.endsWith("()") ? withoutParentheses(afterRoot) : afterRoot);
    String query = uri.getRawQuery();
    HttpHeaders headers = request.getHeaders();
    return new ReadRequest(
        new ServiceRoot(
            uri.getScheme()
                + "://"
                + uri.getRawAuthority()
                + rootPath
                + (rootPath.endsWith("/") ? "" : "/")),
        target,
        target instanceof ResourcePath.OwnQuery ? QueryOptions.NONE : options(query),
        query,
        Condition.ifNoneMatch(headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH)),
        Preferences.parse(headers.getOrEmpty("Prefer")),
        position(SingleField.of(headers, MIN_POSITION)),
        SingleField.of(headers, Callers.HEADER));
  }

  private static QueryOptions options(@Nullable String query) {
    if (query != null && (query.startsWith("fetchXml=") || query.contains("&fetchXml="))) {
      throw new NotSupportedException("FetchXML queries");
    }
    return QueryOptions.parse(query);
  }

  // A function without parameters may be called with or without them.
  private static String withoutParentheses(String path) {
    return path.substring(0, path.length() - 2);
  }

  private static long position(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > NUMBER_LENGTH_MAX) {
      throw BadRequest.query(MIN_POSITION + " is a position, not " + Quoted.of(text) + ".");
    }
    return Long.parseLong(text);
  }

  /// Refuses the options that only make sense for a list.
  void requireNoListOptions() {
    if (options.filter() != null
        || !options.orderBy().isEmpty()
        || options.top() != null
        || options.count()
        || options.apply() != null
        || options.skipToken() != null
        || options.deltaToken() != null) {
      throw BadRequest.query(
          "$filter, $orderby, $top, $count, $apply, $skiptoken and $deltatoken are for lists, not for"
              + " one record.");
    }
  }
}
