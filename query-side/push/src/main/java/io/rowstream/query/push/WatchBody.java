package io.rowstream.query.push;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;

/// The body of a watch's response. Its first bytes go the reactive way, so that status and headers
/// are sent before them; from then on the watcher writes to the channel itself, on its event loop.
/// What remains reactive is how the response ends: completed here or cancelled there.
final class WatchBody implements Publisher<DataBuffer> {
  private final DataBuffer first;
  private final Channel channel;
  private final BooleanSupplier headersSent;
  private final Function<Runnable, Watcher> open;

  /// @param open begins the watch; its argument ends the response
  WatchBody(
      DataBuffer first,
      Channel channel,
      BooleanSupplier headersSent,
      Function<Runnable, Watcher> open) {
    this.first = first;
    this.channel = channel;
    this.headersSent = headersSent;
    this.open = open;
  }

  @Override
  public void subscribe(Subscriber<? super DataBuffer> subscriber) {
    subscriber.onSubscribe(new Opening(subscriber));
  }

  private final class Opening implements Subscription {
    private final Subscriber<? super DataBuffer> subscriber;
    private final AtomicBoolean firstSent = new AtomicBoolean();

    // Used on the event loop only.
    private boolean cancelled;
    private @Nullable Watcher watcher;

    Opening(Subscriber<? super DataBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    // Asked once for the first bytes, before the headers, and again when these are on their way.
    @Override
    public void request(long n) {
      if (firstSent.compareAndSet(false, true)) {
        subscriber.onNext(first);
      }
      channel.eventLoop().execute(this::openOnce);
    }

    private void openOnce() {
      if (watcher == null && !cancelled && channel.isActive() && headersSent.getAsBoolean()) {
        watcher = open.apply(subscriber::onComplete);
      }
    }

    @Override
    public void cancel() {
      if (channel.eventLoop().inEventLoop()) {
        cancelled();
      } else {
        channel.eventLoop().execute(this::cancelled);
      }
    }

    private void cancelled() {
      cancelled = true;
      if (watcher != null) {
        watcher.ended();
      }
    }
  }
}
