package io.rowstream.benchmarks.feed;

import io.rowstream.benchmarks.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One open event stream that watches one record.
final class Watch implements AutoCloseable {
  private final int record;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final byte[] request;
  private final HttpResponse response = new HttpResponse();
  private final SseParser frames;

  Watch(int record, int port, byte[] request, Selector selector, FrameOf sink) throws IOException {
    this.record = record;
    this.request = request;
    frames = new SseParser((event, data) -> sink.frame(this, event, data));
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      ask();
    }
  }

  /// Takes the frames of all watches.
  interface FrameOf {
    void frame(Watch watch, String event, FrameData data);
  }

  int record() {
    return record;
  }

  boolean isOpen() {
    return response.headersRead() && response.status() == 200;
  }

  boolean isRefused() {
    return response.headersRead() && response.status() != 200;
  }

  int status() {
    return response.status();
  }

  void connected() throws IOException {
    if (channel.finishConnect()) {
      ask();
    }
  }

  private void ask() throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads what is there into `buffer`.
  ///
  /// @return whether anything more can come
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    return channel.read(buffer) >= 0;
  }

  /// Takes the frames out of what was read.
  ///
  /// @return whether the stream goes on
  boolean take(ByteBuffer buffer) {
    return !response.feed(buffer.flip(), frames);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
