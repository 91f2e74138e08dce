package io.rowstream.standalone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What odata2ts generates from our `$metadata` compiles and works.
///
/// It brings 137 packages, so it is run on request, with the Node.js and npm of the machine: `mvn
/// verify -Ptrials -pl docker/standalone -am`.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OdataToTypeScriptTrial {
  private static final Path SOURCES = Path.of("src/trials/odata2ts");
  private static final Path DIRECTORY = Path.of("target/trials/odata2ts");

  @Test
  void generated_types_compile_and_generated_services_read_and_write() throws Exception {
    copySources();
    try (var service = new WireService()) {
      String root = "http://127.0.0.1:" + service.port() + "/api/data/v9.2";
      try (var metadata = URI.create(root + "/$metadata").toURL().openStream()) {
        Files.copy(
            metadata, DIRECTORY.resolve("metadata.xml"), StandardCopyOption.REPLACE_EXISTING);
      }
      run("npm", "ci", "--no-audit", "--no-fund");
      run("npx", "--no-install", "odata2ts");
      run("npx", "--no-install", "tsc");
      run("node", "build/trial.js", root);
    }
  }

  private static void copySources() throws IOException {
    List<Path> sources;
    try (var tree = Files.walk(SOURCES)) {
      sources = tree.filter(Files::isRegularFile).toList();
    }
    assertThat(sources).isNotEmpty();
    for (Path source : sources) {
      Path target = DIRECTORY.resolve(SOURCES.relativize(source));
      Files.createDirectories(target.getParent());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(DIRECTORY.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", String.join(" ", command), output).isZero();
  }
}
