package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.Batches.patch;
import static io.rowstream.standalone.Batches.post;
import static io.rowstream.standalone.Batches.single;
import static io.rowstream.standalone.RunningService.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.WholeLog;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a batch must not be, and what becomes of the service then: nothing.
class BatchLimitsIT {
  private static final int BATCHES_MAX = 4;
  private static final String CREATE = post("contacts", "{\"fullname\":\"A\"}");

  @AutoClose
  private static final RunningService service =
      new RunningService(
          "--rowstream.batch.batches-max=" + BATCHES_MAX,
          "--rowstream.query.position-wait=200ms",
          "--rowstream.batch.body-bytes-max=1000000",
          "--rowstream.batch.answer-bytes-max=500000");

  @Test
  void a_thousand_requests_are_carried_out_and_one_more_refuses_all() throws Exception {
    var thousand = service.batch(Batches.of(changeSet(Collections.nCopies(1_000, CREATE))));
    int before = WholeLog.read(service.owner()).size();
    var oneMore =
        service.batch(Batches.of(changeSet(Collections.nCopies(1_000, CREATE)), single(CREATE)));

    assertThat(thousand.statusCode()).isEqualTo(200);
    assertThat(statuses(thousand)).hasSize(1_000).containsOnly(204);
    assertRefused(oneMore, 400, "0x80060888", "A batch holds at most 1000 requests.");
    assertThat(WholeLog.read(service.owner())).hasSize(before);
  }

  @Test
  void a_body_that_is_too_large_is_refused() throws Exception {
    assertRefused(service.batch(" ".repeat(1_000_001)), 413, "0x80048d19", "too large");
  }

  @Test
  void a_malformed_batch_is_refused_as_a_whole() throws Exception {
    int before = WholeLog.read(service.owner()).size();

    assertRefused(
        service.batch(Batches.of(single(CREATE), single("nonsense"))),
        400,
        "0x80060888",
        "The batch is malformed in part 2");
    assertRefused(service.batch(""), 400, "0x80060888", "malformed");
    assertRefused(
        service.send("POST", "$batch", "{}", "Content-Type", "application/json"),
        400,
        "0x80060888",
        "not multipart/mixed");
    assertRefused(service.send("POST", "$batch", ""), 400, "0x80060888", "not multipart/mixed");
    assertRefused(
        service.batch(Batches.of(single(CREATE)), "Idempotency-Key", "k".repeat(196)),
        400,
        "0x80060888",
        "at most 195 characters");
    assertThat(WholeLog.read(service.owner())).hasSize(before);
  }

  @Test
  void an_answer_that_becomes_too_large_ends_the_batch_before_the_next_request() throws Exception {
    String large =
        service.contact("{\"fullname\":\"L\",\"description\":\"" + "x".repeat(90_000) + "\"}");
    String read = single("GET " + large + " HTTP/1.1\n");

    var reads = service.batch(Batches.of(String.join("", Collections.nCopies(6, read))));
    var goesOn =
        service.batch(
            Batches.of(String.join("", Collections.nCopies(6, read)), single(CREATE)),
            "Prefer",
            "odata.continue-on-error");

    assertThat(reads.statusCode()).isEqualTo(400);
    assertThat(statuses(reads)).containsExactly(200, 200, 200, 200, 200, 400);
    assertThat(reads.body()).contains("would be too large");
    assertThat(statuses(goesOn)).containsExactly(200, 200, 200, 200, 200, 400, 204);
  }

  @Test
  void representations_that_find_no_place_are_left_out_of_what_was_written() throws Exception {
    String large =
        service.contact("{\"fullname\":\"L\",\"description\":\"" + "x".repeat(90_000) + "\"}");
    List<String> members =
        Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
            .map(title ->
                patch(large, "{\"jobtitle\":\"" + title + "\"}", "Prefer: return=representation"))
            .toList();

    var answer = service.batch(Batches.of(changeSet(members), single(CREATE)));

    assertThat(statuses(answer)).containsExactly(200, 200, 200, 200, 200, 200, 204, 204, 400);
    assertThat(answer.body()).contains("nothing was done");
    assertThat(service.etag(large)).isEqualTo("W/\"8\"");
  }

  @Test
  void a_read_never_misses_what_its_batch_has_written() throws Exception {
    String batch = Batches.of(changeSet(CREATE), single("GET contacts?$top=1 HTTP/1.1\n"));
    try (var lock = service.owner().getConnection();
        var statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("SELECT position FROM view.projection FOR UPDATE");

      assertThat(statuses(service.batch(batch))).containsExactly(204, 503);
      lock.rollback();
    }
    Awaitility.await("the projection")
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(statuses(service.batch(batch))).containsExactly(204, 200));
  }

  @Test
  void a_batch_too_many_at_the_same_time_is_refused_at_once() throws Exception {
    try (var lock = service.owner().getConnection();
        var statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("LOCK TABLE log.head IN EXCLUSIVE MODE");
      List<CompletableFuture<HttpResponse<String>>> batches =
          Stream.generate(() -> service.batchAsync(Batches.of(changeSet(CREATE))))
              .limit(BATCHES_MAX + 1)
              .toList();

      Object first =
          CompletableFuture.anyOf(batches.toArray(CompletableFuture[]::new))
              .get(20, TimeUnit.SECONDS);
      lock.rollback();
      for (var batch : batches) {
        batch.get(20, TimeUnit.SECONDS);
      }

      assertThat(first)
          .isInstanceOfSatisfying(
              HttpResponse.class,
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body().toString()).contains("too many batches");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
              });
      assertThat(batches)
          .map(batch -> batch.resultNow().statusCode())
          .containsOnly(200, 503)
          .containsOnlyOnce(503);
    }
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains(message);
  }
}
