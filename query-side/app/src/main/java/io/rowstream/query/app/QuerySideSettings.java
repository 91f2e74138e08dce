package io.rowstream.query.app;

import io.rowstream.query.eventfeed.EventFeedSettings;
import io.rowstream.query.projections.current.CurrentRecordsSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the query side.
///
/// @param ringEventsMax recent events kept in memory for all readers of the feed
/// @param ringBytesMax payload of the events kept in memory
/// @param pollInterval the longest an event waits when every wake-up is lost; at most 1 s
/// @param batchEventsMax events projected in one transaction
/// @param readsWaitingMax reads of single records in line; beyond it a read is refused at once
/// @param readsTogetherMax reads of single records that share one round trip
/// @param readers connections for reads of single records
/// @param listConnectionsMax lists and counts at the same time
/// @param logConnectionsMax connections for histories, earlier states and old events
/// @param connectionWait how long a list or a history waits for a connection
/// @param statementTimeout of every statement
/// @param positionWait how long a list waits for the position it has to include
/// @param catchUpWait how long a list waits for what was in the log before it was asked for; then
///   it is answered as far as it is
/// @param catchUpEventsMax events the projection may be behind for a list to wait at all
/// @param answersMax answers in the making or on their way out, but for single records
/// @param writeTimeout for a client to take an answer; then it is cut
/// @param peopleKnownMax people kept in memory
/// @param deltaTokenRetention how old the token of a delta link may be
/// @param deltaEventsMax events of all entity types looked at for one page of a delta
@ConfigurationProperties("rowstream.query")
public record QuerySideSettings(
    @DefaultValue("65536") int ringEventsMax,
    @DefaultValue("64MB") DataSize ringBytesMax,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("2000") int batchEventsMax,
    @DefaultValue("8192") int readsWaitingMax,
    @DefaultValue("128") int readsTogetherMax,
    @DefaultValue("2") int readers,
    @DefaultValue("8") int listConnectionsMax,
    @DefaultValue("8") int logConnectionsMax,
    @DefaultValue("2s") Duration connectionWait,
    @DefaultValue("5s") Duration statementTimeout,
    @DefaultValue("5s") Duration positionWait,
    @DefaultValue("500ms") Duration catchUpWait,
    @DefaultValue("10000") int catchUpEventsMax,
    @DefaultValue("256") int answersMax,
    @DefaultValue("60s") Duration writeTimeout,
    @DefaultValue("10000") int peopleKnownMax,
    @DefaultValue("7d") Duration deltaTokenRetention,
    @DefaultValue("200000") int deltaEventsMax) {

  EventFeedSettings feed() {
    return EventFeedSettings.DEFAULT
        .withRing(ringEventsMax, ringBytesMax.toBytes())
        .withPollInterval(pollInterval);
  }

  CurrentRecordsSettings currentRecords() {
    return new CurrentRecordsSettings(
        batchEventsMax,
        CurrentRecordsSettings.DEFAULT.gatherTime(),
        CurrentRecordsSettings.DEFAULT.retryPause(),
        readsWaitingMax,
        readsTogetherMax,
        readers,
        listConnectionsMax,
        connectionWait,
        statementTimeout,
        catchUpWait,
        catchUpEventsMax);
  }
}
