package io.rowstream.query.push;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends frames to sockets without their channels' queues, as long as these are empty.
///
/// On its usual way each write is copied off the heap, queued and promised, which is most of what
/// our code costs per frame with 10,000 readers of one record. Here a frame is copied once for all
/// readers on an event loop. Each event loop has one of these and uses it alone.
final class DirectSend {
  /// Larger writes go the usual way.
  private static final int BYTES_MAX = 64 * 1024;

  private static final FastThreadLocal<DirectSend> OF_THIS_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected DirectSend initialValue() {
          return new DirectSend();
        }
      };

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES_MAX);
  private List<Frame> frames = List.of();

  static DirectSend ofThisLoop() {
    return OF_THIS_LOOP.get();
  }

  /// The socket of a channel of one of Netty's native transports; null of another.
  static @Nullable Socket socketOf(Channel channel) {
    return channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket
        ? socket
        : null;
  }

  /// Sends as much as the socket takes now.
  ///
  /// @param size of all frames together, in bytes
  /// @return bytes sent; 0 also if others wait or the connection is broken, which the usual way
  ///   finds out as well
  int send(Channel channel, Socket socket, List<Frame> wanted, int size) {
    var queue = channel.unsafe().outboundBuffer();
    if (queue == null || queue.totalPendingWriteBytes() > 0 || size > BYTES_MAX) {
      return 0;
    }
    try {
      return socket.send(bytesOf(wanted), 0, size);
    } catch (IOException broken) {
      return 0;
    }
  }

  // What was sent last is mostly what the next reader gets, too.
  private ByteBuffer bytesOf(List<Frame> wanted) {
    if (!wanted.equals(frames)) {
      bytes.clear();
      wanted.forEach(frame -> frame.putChunk(bytes));
      frames = wanted;
    }
    return bytes;
  }
}
