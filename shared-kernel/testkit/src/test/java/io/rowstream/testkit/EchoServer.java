package io.rowstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that reports each byte it gets and sends it back.
final class EchoServer implements AutoCloseable {
  private final ServerSocket listener;
  private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();

  private EchoServer(ServerSocket listener) {
    this.listener = listener;
  }

  static EchoServer start() {
    try {
      var server = new EchoServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(server::acceptUntilClosed);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /// The next byte from any client, or -1 if none comes within ten seconds.
  int nextReceived() throws InterruptedException {
    var next = received.poll(10, TimeUnit.SECONDS);
    return next == null ? -1 : next;
  }

  boolean hasReceivedMore() {
    return !received.isEmpty();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void acceptUntilClosed() {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> echo(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void echo(Socket client) {
    try (client) {
      for (int next; (next = client.getInputStream().read()) >= 0; ) {
        received.add(next);
        client.getOutputStream().write(next);
      }
    } catch (IOException cut) {
      // The connection is over.
    }
  }
}
