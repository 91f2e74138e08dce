package io.rowstream.query.app;

import io.rowstream.query.push.Watch;
import org.springframework.context.SmartLifecycle;

/// Ends all watches before the web server stops, which would otherwise wait for them.
final class WatchLifecycle implements SmartLifecycle {
  private final Watch watch;
  private volatile boolean running;

  WatchLifecycle(Watch watch) {
    this.watch = watch;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    watch.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
