package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.standalone.RunningService;
import io.rowstream.testkit.SseClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// A PostgreSQL that is somebody else's, where the service is no superuser.
@Timeout(120)
class OrdinaryUserIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String ADA = "data/v9.2/contacts(33333333-3333-4333-8333-333333333333)";

  @TempDir private Path data;

  @Test
  void the_owner_of_a_database_who_may_create_roles_is_enough() throws Exception {
    try (var postgres = StandalonePostgres.start(TestInstance.settings(data))) {
      giveCrmADatabase(postgres.jdbcUrl(), postgres.password());
      tellsTwoEditorsApart(postgres.jdbcUrl("crm"), 1);
      tellsTwoEditorsApart(postgres.jdbcUrl("crm"), 2);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void postgresql_15_is_recent_enough() throws Exception {
    try (var postgres = OlderPostgres.start(15, data)) {
      giveCrmADatabase(postgres.getJdbcUrl("postgres", "postgres"), "");
      tellsTwoEditorsApart(url(postgres.getPort(), "crm"), 1);
      tellsTwoEditorsApart(url(postgres.getPort(), "crm"), 2);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void an_older_postgresql_is_refused_in_plain_words() throws Exception {
    try (var postgres = OlderPostgres.start(14, data)) {
      assertThatThrownBy(() -> start(url(postgres.getPort(), "postgres"), "postgres").close())
          .hasStackTraceContaining("PostgreSQL 15 or later is needed; this is 14.");
    }
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  private static void giveCrmADatabase(String url, String password) throws SQLException {
    try (var superuser = DriverManager.getConnection(url, "postgres", password);
        var statement = superuser.createStatement()) {
      statement.execute("CREATE ROLE crm LOGIN CREATEROLE PASSWORD 'crm'");
      statement.execute("CREATE DATABASE crm OWNER crm");
    }
  }

  private static ConfigurableApplicationContext start(String url, String user) {
    return RunningService.run(
        "--server.port=0",
        "--rowstream.postgres.url=" + url,
        "--rowstream.postgres.user=" + user,
        "--rowstream.postgres.password=" + user);
  }

  private static void tellsTwoEditorsApart(String url, int start) throws Exception {
    try (var service = start(url, "crm");
        var client = HttpClient.newHttpClient()) {
      var port = service.getEnvironment().getRequiredProperty("local.server.port");
      var root = "http://127.0.0.1:" + port + "/api/";
      try (var watch = SseClient.open(URI.create(root + "watch?entity=contacts"))) {
        watch.await(SOON, "caught-up");
        var first = patch(client, root, start - 1, "First " + start);
        var second = patch(client, root, start - 1, "Second " + start);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(412);
        assertThat(second.body()).contains("\"theirs\":\"First " + start + "\"");
        watch.await(SOON, "change");
      }
      var list = root + "data/v9.2/contacts?$select=jobtitle&$filter=jobtitle%20eq%20'First%20";
      var listed =
          client.send(
              HttpRequest.newBuilder(URI.create(list + start + "'")).build(),
              BodyHandlers.ofString());
      assertThat(listed.body()).contains("\"jobtitle\":\"First " + start + "\"");
    }
  }

  private static HttpResponse<String> patch(
      HttpClient client, String root, int version, String title) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(root + ADA))
            .header("If-Match", "W/\"" + version + "\"")
            .method("PATCH", BodyPublishers.ofString("{\"jobtitle\":\"" + title + "\"}"))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
