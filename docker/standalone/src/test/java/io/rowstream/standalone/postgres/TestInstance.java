package io.rowstream.standalone.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A standalone PostgreSQL in a JVM of its own that a test may kill.
final class TestInstance implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  private final Process jvm;
  private final Path dataDirectory;
  private final BufferedReader output;
  private int port;
  private String password = "";

  private TestInstance(Process jvm, Path dataDirectory) {
    this.jvm = jvm;
    this.dataDirectory = dataDirectory;
    this.output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8));
  }

  static ServerSettings settings(Path dataDirectory) {
    return ServerSettings.in(dataDirectory).withBinariesDirectory(BINARIES);
  }

  /// Starts the JVM and does not wait for it; what it complains about goes to its output.
  static TestInstance launch(Path dataDirectory) throws IOException {
    return launch(dataDirectory, BINARIES);
  }

  static TestInstance launch(Path dataDirectory, Path binariesDirectory) throws IOException {
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServingJvm.class.getName());
    command.addAll(List.of(dataDirectory.toString(), binariesDirectory.toString()));
    var jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new TestInstance(jvm, dataDirectory);
  }

  static TestInstance start(Path dataDirectory) throws IOException {
    var instance = launch(dataDirectory);
    instance.awaitReady();
    return instance;
  }

  void awaitReady() throws IOException {
    var said = new ArrayList<String>();
    for (String line; (line = output.readLine()) != null; said.add(line)) {
      var words = line.split(" ", -1);
      if (words[0].equals("ready")) {
        port = Integer.parseInt(words[1]);
        password = words[2];
        return;
      }
    }
    throw new AssertionError("never ready, but said " + String.join("\n", said));
  }

  /// All that a JVM says which ends by itself.
  String lastWords() throws IOException, InterruptedException {
    var words = String.join("\n", output.readAllLines());
    assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return words;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
  }

  void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String answer(String sql) throws SQLException {
    try (var connection = connect()) {
      return answer(connection, sql);
    }
  }

  static String answer(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  ProcessHandle postmaster() throws IOException {
    return ProcessHandle.of(processes().postmaster()).orElseThrow();
  }

  /// A process that nobody reaps stays alive for the JDK but has lost its command line.
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  static void awaitDeath(ProcessHandle process) {
    Awaitility.await().atMost(PATIENCE).until(() -> !runs(process));
  }

  ProcessHandle watchdog() {
    return jvm.children()
        .filter(child -> child.info().commandLine().orElse("").contains("rowstream-watchdog"))
        .findFirst()
        .orElseThrow();
  }

  void killWatchdog() {
    var watchdog = watchdog();
    watchdog.destroyForcibly();
    awaitDeath(watchdog);
  }

  void killPostgres() throws IOException {
    var postmaster = postmaster();
    var children = postmaster.children().toList();
    postmaster.destroyForcibly();
    awaitDeath(postmaster);
    children.forEach(TestInstance::awaitDeath);
  }

  void kill9() throws InterruptedException {
    jvm.destroyForcibly().waitFor();
  }

  void stop() throws IOException, InterruptedException {
    jvm.getOutputStream().close();
    assertThat(lastWords()).doesNotContain("Exception");
    assertThat(jvm.exitValue()).isZero();
  }

  /// Leaves nothing behind, whatever the test has done.
  @Override
  public void close() throws IOException {
    jvm.destroyForcibly().onExit().join();
    processes().stop();
  }

  private ClusterProcesses processes() {
    return new ClusterProcesses(dataDirectory.resolve("postgres"));
  }
}
