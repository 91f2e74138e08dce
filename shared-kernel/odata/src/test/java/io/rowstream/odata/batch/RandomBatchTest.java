package io.rowstream.odata.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.batch.Batch.Step;
import io.rowstream.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Batches nobody thought of.
class RandomBatchTest {
  private static final int ROUNDS = Integer.getInteger("rowstream.rounds", 2_000);
  private static final String TYPE = "multipart/mixed; boundary=outer";
  private static final List<String> SPLINTERS =
      List.of(
          "\n",
          "\r\n",
          "\r",
          "--outer\n",
          "--outer--\n",
          "--inner\r\n",
          "--inner--",
          "--",
          ":",
          " ",
          "Content-Type: application/http\n",
          "Content-Type: multipart/mixed; boundary=inner\n\n",
          "Content-Type: multipart/mixed; boundary=\"\n",
          "Content-Length: 99999999999\n",
          "Content-ID: $\n",
          "POST accounts HTTP/1.1\n",
          "GET  HTTP/1.1\n",
          "HTTP/1.",
          "\0",
          "\u00ff");

  private final Random random = Seed.ofThisRun().random();

  @Test
  void what_is_written_is_read_again() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      String lineBreak = random.nextBoolean() ? "\r\n" : "\n";
      List<Step> steps = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        steps.add(
            random.nextBoolean()
                ? new Step.Single(request(List.of("GET", "HEAD", "POST", "PATCH")))
                : new Step.ChangeSet(List.of(request(List.of("PUT")), request(List.of("DELETE")))));
      }
      String text = text(steps, lineBreak);

      var read = Batch.parse(TYPE, text.getBytes(ISO_8859_1));

      assertThat(text(read.steps(), lineBreak)).isEqualTo(text);
    }
  }

  @Test
  void any_octets_are_read_or_refused_in_bounded_time() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            byte[] body = damaged().getBytes(ISO_8859_1);
            String type = random.nextInt(10) > 0 ? TYPE : damaged();
            try {
              assertThat(Batch.parse(type, body).steps()).isNotEmpty();
            } catch (BadRequest refused) {
              assertThat(refused.message()).hasSizeLessThan(500);
            }
          }
        });
  }

  @Test
  void a_large_body_of_boundaries_is_refused_in_bounded_time() {
    byte[] body = "--outer\n--oute\n".repeat(500_000).getBytes(ISO_8859_1);
    byte[] longLine = "-".repeat(8_000_000).getBytes(ISO_8859_1);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(refusal(body)).contains("at most 1000 requests");
          assertThat(refusal(longLine)).contains("no line in it is its boundary");
        });
  }

  private static String refusal(byte[] body) {
    try {
      return "taken: " + Batch.parse(TYPE, body).steps().size();
    } catch (BadRequest refused) {
      return refused.message();
    }
  }

  private String damaged() {
    var text =
        new StringBuilder(
            text(
                List.of(
                    new Step.Single(request(List.of("GET"))),
                    new Step.ChangeSet(
                        List.of(request(List.of("POST")), request(List.of("PATCH"))))),
                "\n"));
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
        default -> text.insert(at, (char) random.nextInt(256));
      }
    }
    return text.toString();
  }

  private PartRequest request(List<String> methods) {
    String method = methods.get(random.nextInt(methods.size()));
    byte[] body = new byte[method.equals("GET") ? 0 : random.nextInt(50)];
    random.nextBytes(body);
    if (body.length > 0) {
      body[body.length - 1] = '}';
    }
    return new PartRequest(
        method,
        "accounts(" + random.nextInt() + ")?$filter=a eq '" + random.nextInt() + "'",
        List.of(
            new Header("X-" + random.nextInt(9), "v " + random.nextInt()),
            new Header("Content-Length", Integer.toString(body.length))),
        body,
        Long.toString(random.nextLong()));
  }

  private static String text(List<Step> steps, String lineBreak) {
    var text = new StringBuilder();
    for (Step step : steps) {
      text.append("--outer").append(lineBreak);
      switch (step) {
        case Step.Single(PartRequest request) -> append(text, request, lineBreak);
        case Step.ChangeSet(List<PartRequest> members) -> {
          text.append("Content-Type: multipart/mixed; boundary=inner");
          text.append(lineBreak.repeat(2));
          for (PartRequest member : members) {
            text.append("--inner").append(lineBreak);
            append(text, member, lineBreak);
          }
          text.append("--inner--").append(lineBreak);
        }
      }
    }
    return text.append("--outer--").append(lineBreak).toString();
  }

  private static void append(StringBuilder text, PartRequest request, String lineBreak) {
    text.append("Content-Type: application/http").append(lineBreak);
    text.append("Content-ID: ").append(request.contentId()).append(lineBreak.repeat(2));
    text.append(request.method()).append(' ').append(request.url()).append(" HTTP/1.1");
    text.append(lineBreak);
    for (Header header : request.headers()) {
      text.append(header.name()).append(": ").append(header.value()).append(lineBreak);
    }
    text.append(lineBreak).append(new String(request.body(), ISO_8859_1)).append(lineBreak);
  }
}
