package io.rowstream.standalone;

import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.eventlog.LogDatabase;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.standalone.sample.SampleData;
import java.time.Duration;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Fills an empty log with the sample data and says what to try.
@Configuration(proxyBeanMethods = false)
class SampleDataConfiguration {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  @Bean
  @ConditionalOnProperty(name = "rowstream.sample-data", matchIfMissing = true)
  ApplicationRunner sampleData(DurableCommandGateway gateway, LogDatabase database) {
    var recordLog = new RecordLog(database.connections("rowstream-sample", ANSWER_TIMEOUT));
    return _ -> new SampleData(gateway, recordLog).fill();
  }

  @Bean
  ApplicationListener<ApplicationReadyEvent> welcome() {
    return event -> Welcome.print(event.getApplicationContext().getEnvironment());
  }
}
