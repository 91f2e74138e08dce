package io.rowstream.query.app;

import io.rowstream.query.push.PollBounds;
import io.rowstream.query.push.WatchSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the watch, each as [WatchSettings] and [PollBounds] have it.
@ConfigurationProperties("rowstream.watch")
public record WatchBounds(
    @DefaultValue("20000") int watchersMax,
    @DefaultValue("200") int filterTermsMax,
    @DefaultValue("4s") Duration bookmarkInterval,
    @DefaultValue("30s") Duration stallTimeout,
    @DefaultValue("32KB") DataSize writeBytesMax,
    @DefaultValue("512") int framesKeptMax,
    @DefaultValue("8") int replaysMax,
    @DefaultValue("200") int snapshotPageMax,
    @DefaultValue("60s") Duration pollWaitMax,
    @DefaultValue("500") int pollFramesMax,
    @DefaultValue("128KB") DataSize pollBytesMax) {

  WatchSettings settings() {
    return new WatchSettings(
        watchersMax,
        filterTermsMax,
        bookmarkInterval,
        stallTimeout,
        (int) writeBytesMax.toBytes(),
        framesKeptMax,
        replaysMax,
        snapshotPageMax,
        new PollBounds(pollWaitMax, pollFramesMax, (int) pollBytesMax.toBytes()));
  }
}
