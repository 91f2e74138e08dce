package io.rowstream.query.push;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.event.ClaimEvent;
import io.rowstream.language.event.EntityTypeDefined;
import io.rowstream.language.event.EntityTypeRemoved;
import io.rowstream.language.event.OptionSetEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.TreeSet;

/// What a watcher wants to see. Equal filters share their work.
///
/// @param records single records
/// @param entityTypes logical names, all records of each; with `records` empty too: everything
/// @param attributes when not empty, updates of other attributes only are left out, and of what is
///   shown only these are
public record WatchFilter(Set<RecordRef> records, Set<String> entityTypes, Set<String> attributes) {
  public WatchFilter {
    records = Set.copyOf(records);
    entityTypes = Set.copyOf(entityTypes);
    attributes = Set.copyOf(attributes);
  }

  boolean isEverything() {
    return records.isEmpty() && entityTypes.isEmpty();
  }

  /// Whether the record is one of those wanted.
  public boolean selects(RecordRef record) {
    return isEverything() || records.contains(record) || entityTypes.contains(record.entityType());
  }

  /// Whether `attribute` is shown.
  public boolean shows(String attribute) {
    return attributes.isEmpty() || attributes.contains(attribute);
  }

  boolean matches(LoggedEvent event) {
    return switch (event.event()) {
      case EntityTypeDefined _, EntityTypeRemoved _, OptionSetEvent _, ClaimEvent _ -> false;
      case RecordUpdated updated ->
          selects(event.record()) && updated.changes().keySet().stream().anyMatch(this::shows);
      case RecordEvent _ -> selects(event.record());
    };
  }

  /// The same for equal filters on every node and in every version: it is part of cursors.
  long digest() {
    var text = new StringBuilder("1");
    new TreeSet<>(records).forEach(record -> text.append("\nrecord ").append(record));
    new TreeSet<>(entityTypes).forEach(type -> text.append("\nentity ").append(type));
    new TreeSet<>(attributes).forEach(name -> text.append("\nattribute ").append(name));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
