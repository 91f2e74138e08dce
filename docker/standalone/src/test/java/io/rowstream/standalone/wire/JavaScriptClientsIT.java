package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients written for Dataverse, as npm serves them, work unchanged. Node.js comes with the build.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class JavaScriptClientsIT {
  private static final NpmPackage DYNAMICS_WEB_API =
      new NpmPackage(
          "dynamics-web-api",
          "2.5.0",
          "sha512-Ngq/L4Pe8qKIzPKJNg5EkMWyYYyg40wTKDJhXpk0My4W+fB0gIVlcvj8Bt1lHA3mzB1Q1sM4qMeukHNeJSjFdg==");
  private static final NpmPackage ODATA_QUERY =
      new NpmPackage(
          "odata-query",
          "8.1.0",
          "sha512-fCrEiJrqj9FiFlrAZpQAtX1c2BjwKPVwhut5cb7JcE/h+uQryv2KZDKyw/RWHNsTm2GjIIK+5tNCaeH2qLw36Q==");

  @TempDir private static Path directory;

  private final WireService service = new WireService();
  private final List<JavaScriptTrials> opened = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    Path nodeModules = Files.createDirectories(directory.resolve("node_modules"));
    DYNAMICS_WEB_API.install(nodeModules);
    ODATA_QUERY.install(nodeModules);
    // dynamics-web-api needs these two to go through a proxy, and loads them also without one.
    for (String unused : List.of("http-proxy-agent", "https-proxy-agent")) {
      Path module = Files.createDirectories(nodeModules.resolve(unused));
      Files.writeString(module.resolve("index.js"), "module.exports = undefined;");
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (JavaScriptTrials trials : opened) {
      trials.close();
    }
    service.close();
  }

  @TestFactory
  List<DynamicTest> dynamics_web_api() throws Exception {
    return trials("dynamics-web-api.js");
  }

  @TestFactory
  List<DynamicTest> odata_query() throws Exception {
    return trials("odata-query.js");
  }

  private List<DynamicTest> trials(String file) throws Exception {
    var trials = new JavaScriptTrials(file, "http://127.0.0.1:" + service.port() + "/", directory);
    opened.add(trials);
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : trials.names()) {
      tests.add(DynamicTest.dynamicTest(name, () -> assertThat(trials.run(name)).isEmpty()));
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }
}
