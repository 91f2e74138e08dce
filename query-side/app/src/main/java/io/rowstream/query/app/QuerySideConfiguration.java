package io.rowstream.query.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.eventlog.Claims;
import io.rowstream.eventlog.LogDatabase;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.odata.error.ODataErrors;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.eventfeed.EventFeedMetrics;
import io.rowstream.query.projections.current.CurrentRecords;
import io.rowstream.query.projections.current.CurrentRecordsProjection;
import io.rowstream.query.projections.current.ViewSchema;
import io.rowstream.query.projections.entitytypes.EntityTypes;
import io.rowstream.query.projections.history.AuditTrail;
import io.rowstream.query.projections.history.History;
import io.rowstream.query.projections.people.People;
import io.rowstream.query.push.Watch;
import io.rowstream.query.push.WatchMetrics;
import io.rowstream.web.HttpEdgeConfiguration;
import io.rowstream.web.NativeOperations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/// The query side as beans. Needs a [LogDatabase] whose tables are up to date, and whose user may
/// create the views, and a [Clock].
@Configuration(proxyBeanMethods = false)
@Import(HttpEdgeConfiguration.class)
@EnableConfigurationProperties({QuerySideSettings.class, WatchBounds.class})
public class QuerySideConfiguration {

  /// How much longer than a statement may take a connection may be silent before it is given up.
  private static final Duration ANSWER_SLACK = Duration.ofSeconds(5);

  /// Says that the views' tables are up to date.
  record Views() {}

  @Bean
  Views views(LogDatabase database) {
    ViewSchema.migrate(database.connections("rowstream-migration", Duration.ofMinutes(10)));
    return new Views();
  }

  /// What reads the log.
  @Bean
  HikariDataSource queryReads(LogDatabase database, QuerySideSettings settings) {
    var pool = new HikariConfig();
    pool.setPoolName("query-reads");
    pool.setDataSource(
        database.connections("rowstream-query", settings.statementTimeout().plus(ANSWER_SLACK)));
    pool.setMaximumPoolSize(settings.logConnectionsMax());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(Math.max(250, settings.connectionWait().toMillis()));
    pool.setInitializationFailTimeout(-1);
    pool.setConnectionInitSql(
        "SET ROLE %s; SET statement_timeout = %d"
            .formatted(LogSchema.READER, settings.statementTimeout().toMillis()));
    return new HikariDataSource(pool);
  }

  @Bean
  EventFeed eventFeed(@Qualifier("queryReads") HikariDataSource reads, QuerySideSettings settings) {
    return EventFeed.start(reads, settings.feed());
  }

  @Bean
  EventFeedMetrics eventFeedMetrics(EventFeed feed) {
    return new EventFeedMetrics(feed);
  }

  @Bean
  EntityTypes entityTypes(@Qualifier("queryReads") HikariDataSource reads, EventFeed feed) {
    return EntityTypes.start(reads, feed);
  }

  @Bean
  People people(
      @Qualifier("queryReads") HikariDataSource reads, EventFeed feed, QuerySideSettings settings) {
    return new People(feed, new RecordLog(reads), settings.peopleKnownMax());
  }

  @Bean
  CurrentRecordsProjection currentRecordsProjection(
      Views views, LogDatabase database, EventFeed feed, QuerySideSettings settings) {
    var connections =
        database.connections("rowstream-projector", settings.statementTimeout().plus(ANSWER_SLACK));
    return CurrentRecordsProjection.start(connections, feed, settings.currentRecords());
  }

  @Bean
  CurrentRecords currentRecords(
      LogDatabase database,
      @Qualifier("queryReads") HikariDataSource reads,
      CurrentRecordsProjection projection,
      QuerySideSettings settings) {
    var connections =
        database.connections("rowstream-records", settings.statementTimeout().plus(ANSWER_SLACK));
    return new CurrentRecords(
        connections, new RecordLog(reads), projection, settings.currentRecords());
  }

  @Bean
  Callers callers(People people) {
    return new Callers(people);
  }

  @Bean
  ReadHandler readHandler(
      @Qualifier("queryReads") HikariDataSource reads,
      EntityTypes types,
      Callers callers,
      CurrentRecords records,
      EventFeed feed,
      Clock clock,
      QuerySideSettings settings) {
    var sets = new EntitySetColumns(types);
    var contexts = new QueryContexts(sets, callers, clock);
    var log = new RecordLog(reads);
    var singles = new SingleRecords(sets, records, log, new Claims(reads));
    var wait = new PositionWait(records, settings.positionWait());
    var lists = new RecordLists(contexts, records, wait);
    var counts = new RecordCounts(contexts, records, wait);
    var deltas = new DeltaTokens(feed.seal().deltaTokens(), clock, settings.deltaTokenRetention());
    var history = new History(log);
    var auditJson = new AuditJson(callers);
    return new ReadHandler(
        new ServiceDocuments(sets),
        new MetadataDocuments(sets),
        singles,
        lists,
        new TrackedRecords(contexts, records, wait, deltas, settings.deltaEventsMax()),
        new RelatedRecords(contexts, records, singles, lists, counts, wait),
        counts,
        new Histories(records, history, callers),
        new AuditAnswers(
            new ChangeHistories(sets, singles, records, history, auditJson),
            new Audits(sets, new AuditTrail(reads), auditJson),
            new Differences(records, log, callers)),
        callers,
        new Failures(new ODataErrors(callers::fullname, sets::ofType)),
        new AnswerWriter(settings.writeTimeout()),
        settings.answersMax());
  }

  @Bean
  ReadMapping readMapping(ReadHandler reads) {
    return new ReadMapping(reads);
  }

  @Bean(destroyMethod = "")
  Watch watch(
      EventFeed feed,
      EntityTypes types,
      Callers callers,
      CurrentRecords records,
      @Qualifier("queryReads") HikariDataSource reads,
      QuerySideSettings settings,
      WatchBounds bounds) {
    var snapshots =
        new ViewSnapshots(records, new RecordLog(reads), types, settings.positionWait());
    return new Watch(feed, new KnownTypes(types), callers::fullname, snapshots, bounds.settings());
  }

  @Bean
  RouterFunction<ServerResponse> watchRoutes(Watch watch) {
    return watch.routes();
  }

  @Bean
  NativeOperations nativeReads() {
    var operations = new ArrayList<>(ReadOperations.all());
    operations.addAll(Watch.operations());
    return new NativeOperations(operations);
  }

  @Bean
  WatchLifecycle watchLifecycle(Watch watch) {
    return new WatchLifecycle(watch);
  }

  @Bean
  WatchMetrics watchMetrics(Watch watch) {
    return new WatchMetrics(watch);
  }

  @Bean
  FeedHealthIndicator feedHealthIndicator(EventFeed feed) {
    return new FeedHealthIndicator(feed);
  }

  @Bean
  WatchHealthIndicator watchHealthIndicator(Watch watch) {
    return new WatchHealthIndicator(watch);
  }

  @Bean
  ProjectionHealthIndicator currentRecordsHealthIndicator(CurrentRecordsProjection projection) {
    return new ProjectionHealthIndicator(projection);
  }
}
