package io.rowstream.command.app;

import io.rowstream.language.command.CommandHeader;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.header.Preferences;
import io.rowstream.odata.url.QueryOptions;
import io.rowstream.odata.url.ReferenceQuery;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ServiceRoot;
import io.rowstream.web.SingleField;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/// A write as it came over the wire, its parts understood.
///
/// @param http as it came, without its body
/// @param path what it writes to
/// @param relatedId what `$id` says; null when the query has none
/// @param references what its body may refer to; null outside a batch
record WriteRequest(
    ServerHttpRequest http,
    HttpMethod method,
    ServiceRoot root,
    ResourcePath path,
    QueryOptions options,
    @Nullable String relatedId,
    Condition ifMatch,
    Condition ifNoneMatch,
    Preferences preferences,
    @Nullable String caller,
    @Nullable String idempotencyKey,
    @Nullable String clientId,
    byte[] body,
    @Nullable ContentReferences references) {

  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /// @throws BadRequest if a part is malformed
  static WriteRequest read(ServerHttpRequest request, byte[] body) {
    URI uri = request.getURI();
    String afterRoot = ServiceRoot.afterRoot(uri.getRawPath());
    if (afterRoot == null) {
      throw BadRequest.query("The path lies under /api/data/v9.0 to v9.2.");
    }
    String rootPath = uri.getRawPath().substring(0, uri.getRawPath().length() - afterRoot.length());
    HttpHeaders headers = request.getHeaders();
    String relatedId = ReferenceQuery.id(uri.getRawQuery());
    return new WriteRequest(
        request,
        request.getMethod(),
        new ServiceRoot(
            uri.getScheme()
                + "://"
                + uri.getRawAuthority()
                + (rootPath.endsWith("/") ? rootPath : rootPath + "/")),
        ResourcePath.parse(afterRoot),
        relatedId == null ? QueryOptions.parse(uri.getRawQuery()) : QueryOptions.NONE,
        relatedId,
        Condition.ifMatch(all(headers, HttpHeaders.IF_MATCH)),
        Condition.ifNoneMatch(all(headers, HttpHeaders.IF_NONE_MATCH)),
        Preferences.parse(all(headers, "Prefer")),
        SingleField.of(headers, "MSCRMCallerID"),
        id(headers, IDEMPOTENCY_KEY),
        id(headers, "Rowstream-Client-Id"),
        body,
        ServerHttpRequestDecorator.getNativeRequest(request) instanceof InProcessRequest inBatch
            ? inBatch.references()
            : null);
  }

  private static List<String> all(HttpHeaders headers, String name) {
    return headers.getOrEmpty(name);
  }

  static @Nullable String id(HttpHeaders headers, String name) {
    String id = SingleField.of(headers, name);
    if (id == null) {
      return null;
    }
    boolean visible = id.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (id.isEmpty() || id.length() > CommandHeader.ID_LENGTH_MAX || !visible) {
      throw BadRequest.query(
          name + " has 1 to 200 visible ASCII characters, not " + Quoted.of(id) + ".");
    }
    return id;
  }
}
