package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  private final BoundedCache cache = new BoundedCache(100);

  @Test
  void it_gives_back_what_was_put() {
    cache.put("a", 1);

    assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
    assertThat(cache.<String, Integer>get("b")).isNull();
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(cache.putIfAbsent("a", 2)).isFalse();
    assertThat(cache.putIfAbsent("b", 2)).isTrue();
    assertThat(cache.computeIfAbsent("c", () -> 3)).isEqualTo(3);
    assertThat(cache.computeIfAbsent("c", () -> 4)).isEqualTo(3);
  }

  @Test
  void what_is_removed_or_updated_is_gone() {
    cache.put("a", 1);
    cache.<Integer>computeIfPresent("a", n -> n + 1);
    assertThat(cache.<String, Integer>get("a")).isEqualTo(2);

    assertThat(cache.remove("a")).isTrue();
    assertThat(cache.remove("a")).isFalse();
    cache.put("b", 1);
    cache.removeAll();
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void it_holds_no_more_than_its_bound() {
    IntStream.range(0, 10_000).forEach(i -> cache.put(i, i));

    await()
        .until(() -> IntStream.range(0, 10_000).filter(i -> cache.containsKey(i)).count() <= 100);
  }

  @Test
  void nobody_is_promised_to_hear_of_removals() {
    assertThatThrownBy(() -> cache.registerCacheEntryListener(new Cache.EntryListenerAdapter()))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
