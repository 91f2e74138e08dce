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
final class EchoServer {
  private final ServerSocket listener;
  private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
  private final Thread acceptor;

  private EchoServer(ServerSocket listener) {
    this.listener = listener;
    this.acceptor = Thread.ofVirtual().start(this::acceptUntilClosed);
  }

  static EchoServer start() {
    try {
      return new EchoServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
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

  /// Returns when nobody can connect any more.
  public void close() throws IOException, InterruptedException {
    listener.close();
    // Until the accepting thread has seen the end it may still take a connection.
    acceptor.join();
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
