package io.rowstream.command.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/// A request's body as it arrives, at most [#PIECES_AHEAD] pieces of it ahead of its reader. Read
/// by one thread, which waits at most a given time for the client.
///
/// A time-out inside the reactive stream would also count the time the reader itself takes.
final class RequestBody extends InputStream {

  /// Pieces read ahead; each is what came in one read of the connection.
  private static final int PIECES_AHEAD = 16;

  private static final byte[] NOTHING = {};

  private final Duration idleTimeout;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Receiver receiver = new Receiver();
  private byte[] piece = NOTHING;
  private int next;
  private boolean ended;

  RequestBody(Flux<DataBuffer> body, Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
    body.subscribe(receiver);
  }

  private sealed interface Arrival {}

  private record Piece(byte[] octets) implements Arrival {}

  private record End() implements Arrival {}

  private record Break(Throwable cause) implements Arrival {}

  @Override
  public int read() throws IOException {
    return arrived() ? piece[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!arrived()) {
      return -1;
    }
    int read = Math.min(length, piece.length - next);
    System.arraycopy(piece, next, to, start, read);
    next += read;
    return read;
  }

  /// Waits for an octet; false at the end.
  private boolean arrived() throws IOException {
    while (next == piece.length && !ended) {
      switch (await()) {
        case Piece(byte[] octets) -> {
          piece = octets;
          next = 0;
          receiver.request(1);
        }
        case End _ -> ended = true;
        case Break(Throwable cause) -> throw new IOException("the body breaks off", cause);
      }
    }
    return next < piece.length;
  }

  private Arrival await() throws IOException {
    try {
      Arrival arrival = arrivals.poll(idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
      if (arrival == null) {
        throw new IOException("nothing came for " + idleTimeout);
      }
      return arrival;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while waiting").initCause(e);
    }
  }

  @Override
  public void close() {
    receiver.cancel();
  }

  private final class Receiver extends BaseSubscriber<DataBuffer> {

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(PIECES_AHEAD);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
      arrivals.add(new Piece(Answering.bytes(buffer)));
    }

    @Override
    protected void hookOnComplete() {
      arrivals.add(new End());
    }

    @Override
    protected void hookOnError(Throwable failure) {
      arrivals.add(new Break(failure));
    }
  }
}
