package io.rowstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A loopback port in front of a server, where a test can disturb the traffic.
///
/// Faults are set and lifted from any thread and hold for present and future connections alike. A
/// fault delays bytes and ends of streams but never loses or reorders them; only [#cutAll] drops
/// what is still held.
public final class TcpProxy implements AutoCloseable {
  private final InetSocketAddress server;
  private final int port;
  private final Gate requests = new Gate();
  private final Gate replies = new Gate();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private Thread acceptor;

  private TcpProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
    this.port = listener.getLocalPort();
    this.acceptor = serve(listener);
  }

  /// Opens a port of its own in front of `host:port`; the server need not run yet.
  public static TcpProxy to(String host, int port) {
    return new TcpProxy(new InetSocketAddress(host, port), listen(0));
  }

  /// The port clients connect to, the same until this proxy is closed.
  public int port() {
    return port;
  }

  /// Holds what the server sends from now on; requests still reach it.
  public void holdReplies() {
    replies.shut();
  }

  /// Keeps connections open, new ones too, and lets nothing through in either direction.
  public void silence() {
    requests.shut();
    replies.shut();
  }

  /// Lets everything held go on its way and traffic flow again.
  public void release() {
    requests.open();
    replies.open();
  }

  /// Closes all connections towards both ends; bytes that were held are lost.
  public void cutAll() {
    connections.forEach(ProxiedConnection::cut);
  }

  /// Refuses new connections as a port does that nobody listens on; present ones stay.
  public synchronized void refuse() {
    try {
      listener.close();
      // The port is only let go by the thread that was accepting on it.
      acceptor.join();
    } catch (IOException failure) {
      throw new UncheckedIOException("still listening on port " + port, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("perhaps still listening on port " + port, interrupted);
    }
  }

  /// Takes new connections again.
  public synchronized void accept() {
    if (listener.isClosed()) {
      listener = listen(port);
      acceptor = serve(listener);
    }
  }

  @Override
  public void close() {
    refuse();
    cutAll();
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot listen on port " + port, failure);
    }
  }

  private Thread serve(ServerSocket source) {
    return Thread.ofVirtual().name("proxy-" + port).start(() -> acceptUntilClosed(source));
  }

  private void acceptUntilClosed(ServerSocket source) {
    try {
      while (true) {
        var client = source.accept();
        var connection = new ProxiedConnection(client, requests, replies, connections::remove);
        connections.add(connection);
        connection.open(server);
      }
    } catch (IOException closed) {
      // The end of this listener: refuse() or close() has closed it.
    }
  }
}
