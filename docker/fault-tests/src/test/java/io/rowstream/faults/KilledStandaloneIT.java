package io.rowstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.SseClient;
import io.rowstream.testkit.SseEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a newcomer runs, with the PostgreSQL it starts, killed with -9 while everybody writes, and
/// started again on what is left in its directory.
@Timeout(180)
class KilledStandaloneIT {
  private static final int CLIENTS = 100;
  private static final String WATCH = "/api/watch?entity=incidents&from=start";
  private static final Duration MOMENT_MAX = Duration.ofSeconds(30);

  private final Traffic traffic = new Traffic(CLIENTS);
  private final List<SseEvent> told = new ArrayList<>();
  private Path directory;
  private ServiceProcess service;

  @BeforeEach
  void start(@TempDir Path temporary) throws InterruptedException {
    directory = temporary;
    service = startOnDirectory();
    join(traffic.send(traffic.beginnings(), service::uri));
    assertThat(traffic.refused()).isEmpty();
    assertThat(traffic.acknowledged()).hasSize(CLIENTS);
    traffic.forgetAcknowledgements();
  }

  @AfterEach
  void stop() {
    traffic.close();
    service.close();
  }

  @Test
  void the_service_alone() throws Exception {
    SseClient watch = SseClient.open(service.uri(WATCH));
    List<Thread> clients = sendUntilOneIsAnswered();
    service.kill9();
    everyWriteHasOneOutcomeAfterRestart(clients, watch);
  }

  @Test
  void the_service_and_its_postgresql() throws Exception {
    SseClient watch = SseClient.open(service.uri(WATCH));
    ProcessHandle postmaster = postmaster();
    List<Thread> clients = sendUntilOneIsAnswered();
    postmaster.destroyForcibly();
    service.kill9();
    everyWriteHasOneOutcomeAfterRestart(clients, watch);
  }

  private List<Thread> sendUntilOneIsAnswered() {
    List<Thread> clients = traffic.send(traffic.all(), service::uri);
    Awaitility.await("an answer")
        .atMost(MOMENT_MAX)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !traffic.acknowledged().isEmpty());
    return clients;
  }

  private void everyWriteHasOneOutcomeAfterRestart(List<Thread> clients, SseClient watch)
      throws Exception {
    join(clients);
    var before = traffic.acknowledged();
    assertThat(before).hasSizeLessThan(2 * CLIENTS);
    told.addAll(watch.leave());

    service = startOnDirectory();
    traffic.forgetAcknowledgements();
    join(traffic.send(traffic.all(), service::uri));
    assertThat(traffic.refused()).isEmpty();
    assertThat(traffic.acknowledged()).hasSize(2 * CLIENTS).containsAllEntriesOf(before);
    try (var again = SseClient.open(service.uri(WATCH), watch.lastId())) {
      again.await(MOMENT_MAX, "caught-up");
      told.addAll(again.leave());
    }
    Verdict.everyWriteWasToldOnce(told, traffic, 3 * CLIENTS);
  }

  private ServiceProcess startOnDirectory() {
    return ServiceProcess.start(
        directory.resolve("service.log"),
        "--rowstream.postgres.directory=" + directory.resolve("data"));
  }

  private ProcessHandle postmaster() throws IOException {
    Path pidFile = directory.resolve("data/postgres/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst())).orElseThrow();
  }

  private static void join(List<Thread> clients) throws InterruptedException {
    for (Thread client : clients) {
      client.join(Duration.ofSeconds(60));
    }
  }
}
