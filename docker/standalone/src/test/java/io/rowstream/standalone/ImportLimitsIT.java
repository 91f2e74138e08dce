package io.rowstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Files that are too large, clients that leave or do not read, and what becomes of the service
/// then: nothing.
class ImportLimitsIT {
  private static final int RECORDS_MAX = 5_000;
  private static final int ROW_LENGTH_MAX = 10_000;
  private static final int LINES_WAITING_MAX = 1_000;
  private static final String TARGET = "cities?key=id&columns=id:admin2,name";

  @AutoClose
  private static final RunningService service =
      new RunningService(
          "--rowstream.import.imports-max=1",
          "--rowstream.import.records-max=" + RECORDS_MAX,
          "--rowstream.import.row-length-max=" + ROW_LENGTH_MAX,
          "--rowstream.import.chars-in-flight-max=2000",
          "--rowstream.import.lines-waiting-max=" + LINES_WAITING_MAX,
          "--rowstream.import.idle-timeout=2s");

  @Test
  void an_import_that_was_cut_goes_on_when_the_file_is_sent_again() throws Exception {
    long before = service.position();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      var out = socket.getOutputStream();
      out.write(
          "PUT /api/import/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n%s\r\n\r\n"
              .formatted(TARGET, "Content-Length: 1000000000")
              .getBytes(UTF_8));
      out.write(rows("cut", 0, RECORDS_MAX / 2).getBytes(UTF_8));
      out.write("cut2500,City 2".getBytes(UTF_8));
      out.flush();
      Awaitility.await("some rows")
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> service.position() > before + 500);
    }

    Awaitility.await("the end of the first import")
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> imports("x,y\n").status() != 503);
    long cut = service.position() - before;
    var again = imports(rows("cut", 0, RECORDS_MAX));

    assertThat(cut).isBetween(500L, RECORDS_MAX / 2L);
    assertThat(again.counts()).containsExactly((long) RECORDS_MAX, RECORDS_MAX - cut, 0L, cut, 0L);
    assertThat(service.position()).isEqualTo(before + RECORDS_MAX);
    assertThat(imports(rows("cut", 0, RECORDS_MAX)).counts())
        .containsExactly((long) RECORDS_MAX, 0L, 0L, (long) RECORDS_MAX, 0L);
    assertThat(service.position()).isEqualTo(before + RECORDS_MAX);
  }

  @Test
  void one_record_too_many_ends_an_import_and_one_less_does_not() throws Exception {
    long before = service.position();

    var tooMany = imports(rows("cut", 0, RECORDS_MAX + 1));

    assertThat(tooMany.end().get("event")).isEqualTo("failed");
    assertThat(tooMany.number("read")).isEqualTo(RECORDS_MAX);
    assertThat(tooMany.body()).contains("more than 5000 records");
    assertThat(service.position() - before).isBetween(0L, (long) RECORDS_MAX);
  }

  @Test
  void a_client_that_reads_nothing_before_it_has_sent_everything_gets_the_end() throws Exception {
    var answer = imports("id,name\n" + "wrong\n".repeat(100_000));

    assertThat(answer.counts()).containsExactly(100_000L, 0L, 0L, 0L, 100_000L);
    assertThat(answer.lines().size()).isGreaterThan(LINES_WAITING_MAX);
    assertThat(answer.refused().size() + answer.number("refusedNotListed")).isEqualTo(100_000);
  }

  @Test
  void a_row_of_any_length_is_passed_over() throws Exception {
    byte[] piece = "a,\"b".repeat(25_000).getBytes(UTF_8);
    var file = new ArrayList<>(Collections.nCopies(500, piece));
    file.addFirst("id,name\n".getBytes(UTF_8));
    file.addLast("\nlast,Row\n".getBytes(UTF_8));

    var answer = ImportAnswer.of(service, TARGET, "text/csv", BodyPublishers.ofByteArrays(file));

    assertThat(answer.counts().get(0)).isEqualTo(2L);
    assertThat(answer.refused()).singleElement().asString().startsWith("2 null: ");
  }

  @Test
  void a_second_import_at_the_same_time_is_refused_at_once_and_an_idle_one_is_ended()
      throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "PUT /api/import/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n%s\r\n\r\n%s"
                  .formatted(TARGET, "Content-Length: 100", "id,name\nidle,Row\nid")
                  .getBytes(UTF_8));
      Awaitility.await("the first import")
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> imports("x,y\n").status() == 503);

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains(
              "HTTP/1.1 200 OK", "\"event\":\"failed\"", "The file breaks off", "\"read\":1,");
    }
    assertThat(imports("x,y\n").status()).isEqualTo(400);
  }

  private static ImportAnswer imports(String file) throws Exception {
    return ImportAnswer.csv(service, TARGET, file);
  }

  /// A file of `count` rows from `first` on.
  private static String rows(String prefix, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> prefix + i + ",City " + i + "\n")
        .collect(Collectors.joining("", "id,name\n", ""));
  }
}
