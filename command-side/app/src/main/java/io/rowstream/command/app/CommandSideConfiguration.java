package io.rowstream.command.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.command.eventstore.GroupCommit;
import io.rowstream.command.eventstore.GroupCommitSettings;
import io.rowstream.command.eventstore.KeyActivation;
import io.rowstream.command.eventstore.NumberSeeds;
import io.rowstream.command.eventstore.OutcomeRetention;
import io.rowstream.eventlog.Claims;
import io.rowstream.eventlog.LogDatabase;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.eventlog.RecordStates;
import io.rowstream.odata.error.ODataErrors;
import io.rowstream.web.HttpEdgeConfiguration;
import io.rowstream.web.NativeOperations;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/// The command side as beans. Needs a [LogDatabase] whose tables are up to date, and a [Clock].
@Configuration(proxyBeanMethods = false)
@Import(HttpEdgeConfiguration.class)
@EnableConfigurationProperties({
  CommandSideSettings.class,
  BatchSettings.class,
  ImportSettings.class
})
public class CommandSideConfiguration {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  @Bean
  GroupCommit groupCommit(LogDatabase database, CommandSideSettings settings, Clock clock)
      throws SQLException {
    var defaults = GroupCommitSettings.DEFAULT;
    return GroupCommit.start(
        database.connections("rowstream-writer", ANSWER_TIMEOUT),
        new GroupCommitSettings(
            settings.batchCommandsMax(),
            defaults.batchBytesMax(),
            settings.queueCommandsMax(),
            settings.appendTimeout(),
            defaults.lockTimeout(),
            defaults.reconnectInterval(),
            settings.cachedRecordsMax()),
        clock);
  }

  @Bean
  WriterHealthIndicator writerHealthIndicator(GroupCommit groupCommit) {
    return new WriterHealthIndicator(groupCommit);
  }

  @Bean
  HikariDataSource commandReads(LogDatabase database, CommandSideSettings settings) {
    var pool = new HikariConfig();
    pool.setPoolName("command-reads");
    pool.setDataSource(database.connections("rowstream-command", ANSWER_TIMEOUT));
    pool.setMaximumPoolSize(settings.readConnectionsMax());
    pool.setConnectionInitSql("SET ROLE " + LogSchema.WRITER);
    return new HikariDataSource(pool);
  }

  @Bean
  EntityTypeCatalog entityTypeCatalog(@Qualifier("commandReads") HikariDataSource reads) {
    return new EntityTypeCatalog(reads);
  }

  @Bean
  CommandBusWiring commandBusWiring(
      GroupCommit groupCommit,
      @Qualifier("commandReads") HikariDataSource reads,
      EntityTypeCatalog types,
      CommandSideSettings settings,
      Clock clock) {
    return new CommandBusWiring(groupCommit, reads, types, settings, clock, new SecureRandom());
  }

  @Bean
  Housekeeping housekeeping(
      @Qualifier("commandReads") HikariDataSource reads,
      EntityTypeCatalog types,
      DurableCommandGateway gateway,
      CommandSideSettings settings,
      Clock clock) {
    return new Housekeeping(
        types,
        new OutcomeRetention(reads, settings.outcomeRetention(), clock),
        new KeyActivation(types, reads, gateway, SystemUsers.DEVELOPMENT_IDENTITY));
  }

  @Bean
  DurableCommandGateway commandGateway(CommandBusWiring wiring) {
    return wiring.gateway();
  }

  @Bean
  RecordWrites recordWrites(
      DurableCommandGateway gateway,
      EntityTypeCatalog types,
      @Qualifier("commandReads") HikariDataSource reads,
      ObjectProvider<HttpHandler> handler,
      Clock clock) {
    var recordLog = new RecordLog(reads);
    var sets = new EntitySetColumns(types, new Claims(reads));
    return new RecordWrites(
        gateway,
        new RecordCommands(sets, recordLog),
        new WriteAnswers(sets, new Representations(sets, recordLog, new InProcess(handler))),
        new SystemUsers(recordLog),
        new NewRecordIds(new TimeOrderedIds(clock, new SecureRandom())));
  }

  @Bean
  Failures writeFailures(RecordWrites writes) {
    return new Failures(
        new ODataErrors(writes.users()::fullname, writes.commands().sets()::ofType));
  }

  @Bean
  RouterFunction<ServerResponse> writeRoutes(
      RecordWrites writes,
      Failures writeFailures,
      EntityTypeCatalog types,
      CommandSideSettings settings) {
    return new WriteRoutes(
        writes,
        new DefinitionWrites(types, writes),
        new Answering(writeFailures, settings.bodyBytesMax()));
  }

  /// Asked before [#writeRoutes], as is [#batchRoutes].
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RouterFunction<ServerResponse> autoNumberRoutes(
      RecordWrites writes,
      Failures writeFailures,
      EntityTypeCatalog types,
      @Qualifier("commandReads") HikariDataSource reads) {
    var actions = new AutoNumberActions(types, new NumberSeeds(reads), writes.users());
    return new ActionRoutes(
        AutoNumberActions.NAMES,
        actions::answer,
        new Answering(writeFailures, ActionRoutes.BODY_BYTES_MAX));
  }

  /// Asked before [#writeRoutes], as is [#batchRoutes].
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RouterFunction<ServerResponse> optionRoutes(
      RecordWrites writes,
      Failures writeFailures,
      EntityTypeCatalog types,
      @Qualifier("commandReads") HikariDataSource reads) {
    var actions = new OptionActions(types, writes, new RecordLog(reads));
    return new ActionRoutes(
        OptionActions.NAMES,
        actions::answer,
        new Answering(writeFailures, ActionRoutes.BODY_BYTES_MAX));
  }

  /// Asked before [#writeRoutes], which takes every other write.
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RouterFunction<ServerResponse> batchRoutes(
      RecordWrites writes,
      Failures writeFailures,
      ObjectProvider<HttpHandler> handler,
      BatchSettings settings) {
    return new BatchRoutes(
        new BatchWrites(
            writes,
            writes.commands().sets(),
            new InProcess(handler),
            writeFailures,
            writes.ids().fresh(),
            settings.answerBytesMax()),
        new Answering(writeFailures, settings.bodyBytesMax()),
        settings.batchesMax());
  }

  @Bean
  RouterFunction<ServerResponse> importRoutes(
      RecordWrites writes,
      CommandBusWiring wiring,
      Failures writeFailures,
      @Qualifier("commandReads") HikariDataSource reads,
      ImportSettings settings) {
    var imports =
        new Imports(writes, wiring.absent(), new RecordStates(reads), writeFailures, settings);
    return new ImportRoutes(imports, writeFailures);
  }

  @Bean
  NativeOperations nativeWrites() {
    return new NativeOperations(WriteOperations.all());
  }
}
