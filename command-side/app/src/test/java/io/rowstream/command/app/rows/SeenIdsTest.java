package io.rowstream.command.app.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

  @Test
  void it_knows_what_a_map_would() {
    var random = Seed.ofThisRun().random();
    Map<UUID, Long> expected = new HashMap<>();
    var seen = new SeenIds();
    for (long line = 1; line < 100_000; line++) {
      // Few numbers, so that halves are often the same and ids often come again.
      var id = new UUID(random.nextInt(500), random.nextInt(500));
      Long before = expected.putIfAbsent(id, line);

      assertThat(seen.put(id, line)).isEqualTo(before == null ? 0 : before);
    }

    assertThat(seen.size()).isEqualTo(expected.size());
    assertThat(seen.contains(new UUID(0, 500))).isFalse();
    assertThat(expected.keySet()).allMatch(seen::contains);
  }
}
