package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Seed;
import io.rowstream.testkit.WholeLog;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests grown from a seed: the same one with `-Drowstream.seed`, more of them with
/// `-Drowstream.fuzz.requests`.
class FuzzedRequestsIT {
  private static final int REQUESTS = Integer.getInteger("rowstream.fuzz.requests", 4_000);
  private static final Duration TIME_MAX =
      Duration.ofSeconds(30).multipliedBy(1 + REQUESTS / 8_000);
  private static final int HEAP_GROWTH_BYTES_MAX = 48 << 20;

  private static WireService service;

  private final FuzzedRequests requests = new FuzzedRequests(Seed.ofThisRun().random());

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void whatever_comes_in_the_answer_is_http_and_the_log_stays_whole() {
    var deadline = Instant.now().plus(TIME_MAX);
    long heap = 0;
    int sent = 0;
    for (; sent < REQUESTS && Instant.now().isBefore(deadline); sent++) {
      if (sent == REQUESTS / 4) {
        heap = heapBytes();
      }
      if (sent % 4 == 3) {
        answerOrEnd(requests.unframed());
      } else {
        answered(requests.framed());
      }
    }
    assertThat(sent).as("requests in time").isGreaterThan(REQUESTS / 4);
    assertThat(heapBytes() - heap).isLessThan(HEAP_GROWTH_BYTES_MAX);

    long position = service.position();
    assertThat(WholeLog.read(service.owner())).hasSize((int) position);
    var list =
        service.answer(
            WireRequest.get(
                WireRequest.ROOT + "contacts?$top=1", "Rowstream-Min-Position: " + position));
    assertThat(list.status()).as("what was written is projected: %s", list.text()).isEqualTo(200);
  }

  private static void answered(byte[] request) {
    try (var connection = new WireConnection(service.port())) {
      connection.send(request);
      check(request, connection.read(WireRequest.isHead(request)));
    } catch (RuntimeException failure) {
      throw new AssertionError(shown(request), failure);
    }
  }

  /// What is not a request, or not a whole one, may be hung up on; but if there is an answer, it is
  /// one.
  private static void answerOrEnd(byte[] request) {
    try (var connection = new WireConnection(service.port())) {
      connection.sendAll(request);
      while (connection.hasMore()) {
        var answer = connection.read(WireRequest.isHead(request));
        check(request, answer);
        if (answer.isStream() || WireRequest.isHead(request)) {
          return;
        }
      }
    } catch (RuntimeException failure) {
      throw new AssertionError(shown(request), failure);
    }
  }

  private static void check(byte[] request, WireAnswer answer) {
    assertThat(answer.status())
        .as(() -> shown(request) + "\n" + answer.text())
        .satisfiesAnyOf(
            status -> assertThat(status).isBetween(200, 499),
            status -> assertThat(status).isEqualTo(501),
            status -> {
              assertThat(status).isEqualTo(503);
              assertThat(answer.field("retry-after")).isNotBlank();
            });
    if (answer.status() >= 400 && !WireRequest.isHead(request) && !answer.isStream()) {
      answer.assertIsRefusal();
    }
  }

  private static String shown(byte[] request) {
    return "seed "
        + Seed.ofThisRun().value()
        + "\n"
        + new String(request, StandardCharsets.ISO_8859_1);
  }

  @SuppressWarnings("ExplicitGc")
  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
