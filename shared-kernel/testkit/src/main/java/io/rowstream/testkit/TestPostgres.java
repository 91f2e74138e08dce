package io.rowstream.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;

/// The PostgreSQL 18 server all tests of one JVM share: a container where Docker is at hand,
/// embedded otherwise.
///
/// It starts when first asked for and ends with the JVM. Commits are as durable as in production.
public final class TestPostgres {
  private final PostgresAddress address;
  private final AtomicInteger databases = new AtomicInteger();

  private TestPostgres(PostgresAddress address) {
    this.address = address;
  }

  /// The server of this JVM.
  public static TestPostgres shared() {
    return Shared.SERVER;
  }

  /// Creates an empty database that no other test knows.
  public TestDatabase newDatabase() {
    var name = "test_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet();
    return TestDatabase.create(address, name);
  }

  private static final class Shared {
    static final TestPostgres SERVER =
        new TestPostgres(
            DockerClientFactory.instance().isDockerAvailable()
                ? PostgresContainer.start()
                : EmbeddedServer.startUntilExit());
  }
}
