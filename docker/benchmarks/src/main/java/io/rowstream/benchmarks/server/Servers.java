package io.rowstream.benchmarks.server;

import io.rowstream.benchmarks.http.Dialect;
import io.rowstream.benchmarks.machine.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// How the two sides are started: each as a JVM of its own with the same JVM options.
public final class Servers {
  /// The options this class reads.
  public static final Set<String> OPTIONS =
      Set.of("server", "server-class-path", "rival-class-path", "jvm");

  private static final String ROWSTREAM_MAIN = "io.rowstream.standalone.RowstreamApplication";
  private static final String RIVAL_MAIN = "io.rowstream.rivals.MvcJpaService";
  private static final Path RIVAL_TARGET = Path.of("docker", "rivals", "target");

  private Servers() {}

  /// Our standalone, or what `--server=<command with {port} and {postgres}>` says.
  public static ServerProcess rowstream(Options options, String jdbcUrl)
      throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    List<String> command =
        options
            .text("server")
            .map(given -> placeholdersFilled(given, port, jdbcUrl))
            .orElseGet(() -> rowstreamCommand(options, port, jdbcUrl));
    return ServerProcess.start("rowstream", command, port, Dialect.ROWSTREAM.readyPath());
  }

  private static List<String> placeholdersFilled(String command, int port, String jdbcUrl) {
    return Arrays.stream(command.strip().split("\\s+"))
        .map(word -> word.replace("{port}", Integer.toString(port)).replace("{postgres}", jdbcUrl))
        .toList();
  }

  private static List<String> rowstreamCommand(Options options, int port, String jdbcUrl) {
    String classPath =
        options.text("server-class-path").orElseGet(() -> System.getProperty("java.class.path"));
    return java(
        options,
        classPath,
        ROWSTREAM_MAIN,
        "--server.port=" + port,
        "--rowstream.postgres.url=" + jdbcUrl);
  }

  /// The Spring MVC and JPA service of docker/rivals, on the class path its build wrote down.
  public static ServerProcess mvcJpa(Options options, String jdbcUrl)
      throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    var given = options.text("rival-class-path");
    String classPath = given.isPresent() ? given.get() : rivalClassPath();
    List<String> command =
        java(
            options,
            classPath,
            RIVAL_MAIN,
            "--server.port=" + port,
            "--spring.datasource.url=" + jdbcUrl);
    return ServerProcess.start("mvc-jpa", command, port, Dialect.MVC_JPA.readyPath());
  }

  private static String rivalClassPath() throws IOException {
    Path libraries = RIVAL_TARGET.resolve("class-path");
    if (!Files.exists(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: run from the root of the project after `mvn package`");
    }
    return RIVAL_TARGET.resolve("classes")
        + File.pathSeparator
        + Files.readString(libraries).strip();
  }

  private static List<String> java(
      Options options, String classPath, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options.text("jvm").orElse("-Xmx2g").strip().split("\\s+")));
    command.add("-Daxoniq.update-checker.disabled=true");
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(Arrays.asList(arguments));
    return command;
  }
}
