package io.rowstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One client's connection through a [TcpProxy] and the two threads that carry its bytes.
final class ProxiedConnection {
  private static final int CHUNK_BYTES_MAX = 64 * 1024;
  private static final int CONNECT_MILLIS_MAX = 10_000;

  private final Socket client;
  private final Socket server = new Socket();
  private final Consumer<ProxiedConnection> onEnd;
  private final AtomicInteger openStreams = new AtomicInteger(2);
  private final Thread requestCarrier;
  private final Thread replyCarrier;

  ProxiedConnection(Socket client, Gate requests, Gate replies, Consumer<ProxiedConnection> onEnd) {
    this.client = client;
    this.onEnd = onEnd;
    this.requestCarrier = Thread.ofVirtual().unstarted(() -> carry(client, server, requests));
    this.replyCarrier = Thread.ofVirtual().unstarted(() -> carry(server, client, replies));
  }

  /// Connects to the server and starts carrying; a server out of reach cuts the connection.
  void open(InetSocketAddress address) {
    Thread.ofVirtual().start(() -> connectAndCarry(address));
  }

  /// Closes both ends at once and drops what waits at a gate.
  void cut() {
    requestCarrier.interrupt();
    replyCarrier.interrupt();
    try (client;
        server) {
      onEnd.accept(this);
    } catch (IOException failure) {
      throw new UncheckedIOException("not closed: " + client, failure);
    }
  }

  private void connectAndCarry(InetSocketAddress address) {
    try {
      server.connect(address, CONNECT_MILLIS_MAX);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException unreachable) {
      cut();
      return;
    }
    requestCarrier.start();
    replyCarrier.start();
  }

  private void carry(Socket from, Socket to, Gate gate) {
    try {
      var failed = carryBytes(from, to, gate);
      // The end of a stream is news too, so it waits like the bytes before it.
      gate.pass();
      if (failed) {
        cut();
      } else {
        end(to);
      }
    } catch (InterruptedException cut) {
      // Both ends are closed already.
    }
  }

  private static boolean carryBytes(Socket from, Socket to, Gate gate) throws InterruptedException {
    var chunk = new byte[CHUNK_BYTES_MAX];
    try {
      for (var length = 0; length >= 0; length = from.getInputStream().read(chunk)) {
        gate.pass();
        to.getOutputStream().write(chunk, 0, length);
      }
      return false;
    } catch (IOException broken) {
      return true;
    }
  }

  private void end(Socket to) {
    try {
      to.shutdownOutput();
    } catch (IOException broken) {
      cut();
    }
    if (openStreams.decrementAndGet() == 0) {
      cut();
    }
  }
}
