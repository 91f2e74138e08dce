package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.standalone.RowstreamApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/// A PostgreSQL that is somebody else's, where the service is no superuser.
@Timeout(120)
class OrdinaryUserIT {
  @TempDir private Path data;

  @Test
  void the_owner_of_a_database_who_may_create_roles_is_enough() throws Exception {
    try (var postgres = StandalonePostgres.start(TestInstance.settings(data))) {
      try (var superuser =
              DriverManager.getConnection(
                  postgres.jdbcUrl(), postgres.user(), postgres.password());
          var statement = superuser.createStatement()) {
        statement.execute("CREATE ROLE crm LOGIN CREATEROLE PASSWORD 'crm'");
        statement.execute("CREATE DATABASE crm OWNER crm");
      }
      for (int start = 1; start <= 2; start++) {
        assertThat(createdThere(postgres.jdbcUrl("crm"))).isEqualTo(204);
      }
    }
  }

  private static int createdThere(String url) throws Exception {
    try (var service =
            SpringApplication.run(
                RowstreamApplication.class,
                "--server.port=0",
                "--rowstream.postgres.url=" + url,
                "--rowstream.postgres.user=crm",
                "--rowstream.postgres.password=crm");
        var client = HttpClient.newHttpClient()) {
      var port = service.getEnvironment().getRequiredProperty("local.server.port");
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/data/v9.2/contacts"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"fullname\":\"Ada\"}"))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
