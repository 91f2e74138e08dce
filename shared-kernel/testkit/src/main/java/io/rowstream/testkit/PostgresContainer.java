package io.rowstream.testkit;

import java.util.ArrayList;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// PostgreSQL in a container that Testcontainers removes when the JVM is gone.
final class PostgresContainer {
  private static final String IMAGE = "postgres:18";

  private PostgresContainer() {}

  // The container outlives this method on purpose: its reaper removes it with the JVM.
  @SuppressWarnings("resource")
  static PostgresAddress start() {
    // The default command of the class turns fsync off.
    var command = new ArrayList<>(List.of("postgres"));
    EmbeddedServer.SETTINGS.forEach(
        (name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    var container =
        new PostgreSQLContainer(IMAGE)
            .withUsername("postgres")
            .withEnv("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8 --encoding=UTF8");
    container.setCommand(command.toArray(String[]::new));
    container.start();
    return new PostgresAddress(
        container.getHost(),
        container.getFirstMappedPort(),
        container.getUsername(),
        container.getPassword());
  }
}
