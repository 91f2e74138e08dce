package io.rowstream.benchmarks.load;

import io.rowstream.benchmarks.http.BodySink;
import io.rowstream.benchmarks.http.HttpResponse;
import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.workload.WorkingSet;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One keep-alive connection of the load generator, with at most one request under way.
final class LoadConnection implements AutoCloseable {
  private static final int PICKS_MAX = 1_000;

  private final SocketChannel channel;
  private final Service service;
  private final Operation operation;
  private final WorkingSet.Share share;
  private final HttpResponse response = new HttpResponse();
  private int record;
  private long sentNanos;

  LoadConnection(Service service, Operation operation, WorkingSet.Share share, Selector selector)
      throws IOException {
    this.service = service;
    this.operation = operation;
    this.share = share;
    channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send() throws IOException {
    record = pick();
    response.reset();
    ByteBuffer request = ByteBuffer.wrap(operation.request(service, record));
    sentNanos = System.nanoTime();
    // A request is far smaller than a socket's buffer, which is empty: one write takes it.
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private int pick() {
    for (int picks = 0; picks < PICKS_MAX; picks++) {
      int picked = share.next();
      if (service.records().version(picked) != WorkingSet.LOST) {
        return picked;
      }
    }
    throw new IllegalStateException(
        service.name() + ": hardly any record left whose version is known");
  }

  /// Takes what has arrived.
  ///
  /// @return whether the response is complete
  boolean receive(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException(service.name() + " closed a keep-alive connection");
    }
    return response.feed(buffer.flip(), BodySink.IGNORE);
  }

  boolean succeeded() {
    return operation.succeeded(service.records(), record, response);
  }

  int status() {
    return response.status();
  }

  long sentNanos() {
    return sentNanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
