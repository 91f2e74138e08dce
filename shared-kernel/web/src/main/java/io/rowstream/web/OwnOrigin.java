package io.rowstream.web;

import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.error.ODataError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Refuses what a page from elsewhere has a browser send: a change from another origin, and
/// anything at all under a name that has been made to lead here. Without authentication being
/// reachable is all it takes to be Ada Admin, and a browser on this machine can reach loopback.
final class OwnOrigin implements WebFilter, Ordered {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String refusal = refusal(exchange.getRequest());
    return refusal == null
        ? chain.filter(exchange)
        : UnhandledFailures.write(
            ODataError.of(403, ErrorCode.PRIVILEGE_DENIED, refusal), exchange.getResponse());
  }

  private static @Nullable String refusal(ServerHttpRequest request) {
    String host = request.getHeaders().getFirst("Host");
    if (host != null && !isLocal(host, request.getLocalAddress())) {
      return Quoted.of(host) + " is not a name of this service; use localhost.";
    }
    List<String> origins = request.getHeaders().getOrEmpty("Origin");
    return SAFE.contains(request.getMethod()) || isOwn(origins, host)
        ? null
        : "Pages from " + Quoted.of(String.join(", ", origins)) + " cannot change anything here.";
  }

  /// Whether a `Host` header names loopback, or the address that was connected to. No name is
  /// looked up: whoever owns it says where it leads.
  static boolean isLocal(String host, @Nullable InetSocketAddress connectedTo) {
    int port = host.lastIndexOf(':');
    String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    if (name.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      var address = InetAddress.ofLiteral(name);
      return address.isLoopbackAddress()
          || (connectedTo != null && address.equals(connectedTo.getAddress()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Whether a request comes from no page, or from one of this service.
  static boolean isOwn(List<String> origins, @Nullable String host) {
    return origins.isEmpty()
        || (origins.size() == 1
            && host != null
            && (origins.getFirst().equalsIgnoreCase("http://" + host)
                || origins.getFirst().equalsIgnoreCase("https://" + host)));
  }

  /// Before everything else.
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
