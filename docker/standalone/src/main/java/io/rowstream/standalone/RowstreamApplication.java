package io.rowstream.standalone;

import io.rowstream.command.app.CommandSideConfiguration;
import io.rowstream.query.app.QuerySideConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// Both sides and their database in one process.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  LogDatabaseConfiguration.class,
  CommandSideConfiguration.class,
  QuerySideConfiguration.class,
  OwnCommitsConfiguration.class,
  SampleDataConfiguration.class
})
public class RowstreamApplication {

  public static void main(String[] args) {
    System.setProperty("axoniq.update-checker.disabled", "true");
    System.setProperty("disable-axoniq-console-message", "true");
    var application = new SpringApplication(RowstreamApplication.class);
    application.addInitializers(new LoopbackOnly());
    application.run(args);
  }
}
