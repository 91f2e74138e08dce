package io.rowstream.query.push;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/// The watch's numbers, for an application that has Micrometer.
public record WatchMetrics(Watch watch) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("rowstream.watch.open", watch, Watch::watchers)
        .description("open watches and unanswered polls")
        .register(registry);
    Gauge.builder("rowstream.watch.groups", watch, Watch::groups)
        .description("different filters among the open watches")
        .register(registry);
    FunctionCounter.builder("rowstream.watch.frames", watch, Watch::framesSent)
        .description("frames sent to clients")
        .register(registry);
    FunctionCounter.builder("rowstream.watch.cuts", watch, Watch::cuts)
        .description("clients cut because they did not read")
        .register(registry);
  }
}
