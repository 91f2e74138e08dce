package io.rowstream.command.app;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.batch.Header;
import io.rowstream.odata.batch.PartRequest;
import io.rowstream.odata.batch.PartResponse;
import io.rowstream.odata.batch.PartUrl;
import io.rowstream.odata.url.ServiceRoot;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Requests of a batch as requests of HTTP, and answers the way back.
///
/// @param batch the request they came in
record BatchParts(ServerHttpRequest batch, EntitySetColumns sets) {

  /// Headers of the batch that hold for every request in it that has none of the same name: who
  /// asks, and how answers are to look. Those that start with `mscrm` are the others.
  private static final Set<String> INHERITED =
      Set.of(
          "accept-language",
          "authorization",
          "callerobjectid",
          "consistency",
          "odata-maxversion",
          "odata-version",
          "prefer",
          "rowstream-client-id",
          "rowstream-min-position");

  /// Headers about how a request is carried, which a request inside a body is not.
  private static final Set<String> OF_TRANSPORT =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding");

  /// @param otherwise headers the part has unless it says them itself
  /// @throws BadRequest if its URL leads nowhere
  InProcessRequest request(PartRequest part, ContentReferences references, List<Header> otherwise) {
    return new InProcessRequest(
        batch,
        HttpMethod.valueOf(part.method()),
        uri(part.url(), references),
        headers(part, otherwise),
        part.body(),
        references);
  }

  private HttpHeaders headers(PartRequest part, List<Header> otherwise) {
    var headers = new HttpHeaders();
    batch
        .getHeaders()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (INHERITED.contains(lower) || lower.startsWith("mscrm")) {
            headers.put(name, new ArrayList<>(values));
          }
        });
    otherwise.forEach(header -> headers.set(header.name(), header.value()));
    part.headers().forEach(header -> headers.remove(header.name()));
    for (Header header : part.headers()) {
      if (!OF_TRANSPORT.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(header.name(), header.value());
      }
    }
    return headers;
  }

  private URI uri(String url, ContentReferences references) {
    URI uri = batch.getURI();
    String path = uri.getRawPath();
    String rootPath = path.substring(0, path.length() - afterRoot(path).length());
    String target =
        PartUrl.resolve(
            url,
            rootPath,
            reference -> {
              var record = references.record(reference);
              return sets.columns(record.entityType()).entityType().setName()
                  + "("
                  + record.id()
                  + ")";
            });
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + target);
  }

  private static String afterRoot(String path) {
    String afterRoot = ServiceRoot.afterRoot(path);
    if (afterRoot == null) {
      throw new IllegalArgumentException("a batch comes to a service root");
    }
    return afterRoot;
  }

  /// @param contentId null for none
  static PartResponse response(Answer answer, @Nullable String contentId) {
    List<Header> headers = new ArrayList<>();
    answer.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    if (Header.first(headers, "OData-Version") == null) {
      headers.addFirst(new Header("OData-Version", "4.0"));
    }
    if (answer.body().length > 0 && Header.first(headers, "Content-Type") == null) {
      headers.add(new Header("Content-Type", Answer.JSON));
    }
    String entityId = Header.first(headers, "OData-EntityId");
    if (entityId != null) {
      headers.add(new Header("Location", entityId));
    }
    return new PartResponse(answer.status(), headers, answer.body(), contentId);
  }
}
