package io.rowstream.command.eventstore;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/// Caffeine as Axon's cache of aggregates. Thread-safe; listeners are not supported, nobody here
/// has any.
public final class BoundedCache implements Cache {
  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

  /// @param entriesMax aggregates kept
  public BoundedCache(long entriesMax) {
    entries = Caffeine.newBuilder().maximumSize(entriesMax).build();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  public <K, V> @Nullable V get(K key) {
    return (V) entries.getIfPresent(key);
  }

  @Override
  public void put(Object key, Object value) {
    entries.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return entries.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T computeIfAbsent(Object key, Supplier<T> value) {
    return (T) entries.asMap().computeIfAbsent(key, _ -> value.get());
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    entries.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.asMap().containsKey(key);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    entries.asMap().computeIfPresent(key, (_, value) -> update.apply((V) value));
  }

  @Override
  public Registration registerCacheEntryListener(EntryListener listener) {
    throw new UnsupportedOperationException("no listeners");
  }
}
