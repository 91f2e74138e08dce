package io.rowstream.standalone;

import io.rowstream.eventlog.LogDatabase;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.standalone.postgres.StandalonePostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// The database: the user's own where `rowstream.postgres.url` names one, else one started here.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
class LogDatabaseConfiguration {
  private static final Duration MIGRATION_MAX = Duration.ofMinutes(10);

  @Bean
  @Conditional(NoPostgresGiven.class)
  StandalonePostgres standalonePostgres(PostgresSettings settings) {
    return StandalonePostgres.start(settings.directory().toAbsolutePath());
  }

  @Bean
  LogDatabase logDatabase(PostgresSettings settings, ObjectProvider<StandalonePostgres> started) {
    StandalonePostgres own = started.getIfAvailable();
    var database =
        own == null
            ? new LogDatabase(
                Objects.requireNonNull(settings.url()), settings.user(), settings.password())
            : new LogDatabase(own.jdbcUrl(), own.user(), own.password());
    LogSchema.migrate(database.connections("rowstream-migration", MIGRATION_MAX));
    return database;
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
