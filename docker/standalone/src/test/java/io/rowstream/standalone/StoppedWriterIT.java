package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.eventstore.GroupCommit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The writer ends for good when the log turns out to be another one.
class StoppedWriterIT {
  @AutoClose private final RunningService service = new RunningService();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  private int health() throws Exception {
    var uri = URI.create("http://127.0.0.1:" + service.port() + "/actuator/health");
    var request = HttpRequest.newBuilder(uri).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void a_node_that_takes_no_more_changes_says_so_and_is_unhealthy() throws Exception {
    assertThat(health()).isEqualTo(200);

    service.beans(GroupCommit.class).forEach(GroupCommit::close);

    var refused = service.send("POST", "contacts", "{\"fullname\":\"Ada\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("takes no changes until it is started again");
    assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
    assertThat(health()).isEqualTo(503);
    assertThat(service.read("contacts").statusCode()).isEqualTo(200);
  }
}
