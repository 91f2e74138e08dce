package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import io.rowstream.testkit.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Copies of a set that are kept up with by deltas alone, while many write.
class DeltaReadersIT {
  private static final int WRITERS = 40;
  private static final int WRITES_EACH = 40;
  private static final int CONTACTS_BEFORE = 150;
  private static final String ALL = "contacts?$select=jobtitle";
  private static final String CHIEFS = ALL + "&$filter=jobtitle%20eq%20'chief'";

  @Test
  void with_40_writers_a_delta_reader_misses_nothing() throws Exception {
    try (var service = new RunningService("--rowstream.query.position-wait=30s");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var contacts = new CopyOnWriteArrayList<String>();
      for (int i = 0; i < CONTACTS_BEFORE; i++) {
        contacts.add(service.contact("{\"jobtitle\":\"chief\"}"));
      }
      var finished = new AtomicBoolean();
      var everything = threads.submit(() -> new Copy(service, ALL).follow(finished));
      var chiefs = threads.submit(() -> new Copy(service, CHIEFS).follow(finished));
      var random = Seed.ofThisRun().random();
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < WRITERS; i++) {
        var dice = new Random(random.nextLong());
        writers.add(
            threads.submit(() -> {
              write(service, contacts, dice);
              return true;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      finished.set(true);

      assertThat(everything.get()).isEqualTo(list(service, ALL)).hasSizeGreaterThan(100);
      assertThat(chiefs.get()).isEqualTo(list(service, CHIEFS)).hasSizeGreaterThan(10);
    }
  }

  private static void write(RunningService service, List<String> contacts, Random dice)
      throws Exception {
    for (int i = 0; i < WRITES_EACH; i++) {
      String job = "{\"jobtitle\":\"" + (dice.nextBoolean() ? "chief" : "clerk") + "\"}";
      String contact = contacts.get(dice.nextInt(contacts.size()));
      int status =
          switch (dice.nextInt(6)) {
            case 0 -> {
              contacts.add(service.contact(job));
              yield 204;
            }
            case 1 -> service.send("DELETE", contact, "").statusCode();
            default -> service.send("PATCH", contact, job, "If-Match", "*").statusCode();
          };
      assertThat(status).isIn(204, 404);
    }
  }

  /// What a list shows now: etags and job titles by id.
  private static Map<String, String> list(RunningService service, String query) throws Exception {
    var answer =
        service.send("GET", query, "", "Rowstream-Min-Position", Long.toString(service.position()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var rows = new TreeMap<String, String>();
    for (Object row : rows(Json.object(answer.body()))) {
      rows.put(String.valueOf(Json.at(row, "contactid")), state(row));
    }
    return rows;
  }

  private static List<?> rows(Map<String, @Nullable Object> page) {
    return (List<?>) Objects.requireNonNull(page.get("value"));
  }

  private static String state(@Nullable Object row) {
    return Json.at(row, "@odata.etag") + " " + Json.at(row, "jobtitle");
  }

  /// What a reader has made of the answers it has got. For one thread.
  private static final class Copy {
    private final RunningService service;
    private final Map<String, String> rows = new TreeMap<>();
    private String link;

    Copy(RunningService service, String query) {
      this.service = service;
      link = query;
    }

    Map<String, String> follow(AtomicBoolean finished) throws Exception {
      readToDeltaLink("odata.track-changes,odata.maxpagesize=7", 0);
      boolean more = true;
      while (more) {
        boolean last = finished.get();
        int changes = readToDeltaLink("odata.maxpagesize=13", last ? service.position() : 0);
        more = !last || changes > 0;
      }
      return rows;
    }

    /// Takes all pages up to the next delta link; returns how many rows they had.
    private int readToDeltaLink(String preferences, long minPosition) throws Exception {
      var seen = new HashSet<String>();
      Object next;
      do {
        var answer =
            service.send(
                "GET",
                link.replace(service.root(), ""),
                "",
                "Prefer",
                preferences,
                "Rowstream-Min-Position",
                Long.toString(minPosition));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var page = Json.object(answer.body());
        for (Object row : rows(page)) {
          assertThat(seen.add(take(row))).as("once: %s", row).isTrue();
        }
        next = page.get("@odata.nextLink");
        link = String.valueOf(next == null ? page.get("@odata.deltaLink") : next);
      } while (next != null);
      return seen.size();
    }

    private String take(@Nullable Object row) {
      if (Json.at(row, "reason") != null) {
        String id = String.valueOf(Json.at(row, "id"));
        rows.remove(id);
        return id;
      }
      String id = String.valueOf(Json.at(row, "contactid"));
      rows.put(id, state(row));
      return id;
    }
  }
}
