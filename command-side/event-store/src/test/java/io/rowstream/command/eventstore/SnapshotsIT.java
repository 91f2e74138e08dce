package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.command.eventstore.Snapshots.Snapshot;
import io.rowstream.language.RecordRef;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Rendezvous;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsIT {
  private final UUID id = UUID.randomUUID();
  private final RecordRef contact = new RecordRef("contact", id);
  private LogDatabase database;
  private Snapshots snapshots;

  @BeforeEach
  void createDatabase() {
    database = LogDatabase.create();
    snapshots = new Snapshots(database.owner());
  }

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void the_newer_of_two_is_kept() {
    assertThat(snapshots.find(contact)).isEmpty();

    snapshots.keep(contact, snapshot(3));
    assertThat(version(contact)).isEqualTo(3);
    snapshots.keep(contact, snapshot(2));
    assertThat(version(contact)).isEqualTo(3);
    snapshots.keep(contact, snapshot(9));
    assertThat(version(contact)).isEqualTo(9);
  }

  @Test
  void writers_at_once_leave_the_newest() {
    Rendezvous.race(
        20,
        number ->
            () -> {
              snapshots.keep(contact, snapshot(number));
              return number;
            });

    assertThat(version(contact)).isEqualTo(19);
    assertThat(snapshots.find(contact).orElseThrow().state()).containsExactly(19);
  }

  @Test
  void records_of_two_types_may_have_one_id() {
    snapshots.keep(contact, snapshot(3));
    snapshots.keep(new RecordRef("account", id), snapshot(5));

    assertThat(version(contact)).isEqualTo(3);
  }

  private long version(RecordRef record) {
    return snapshots.find(record).orElseThrow().version();
  }

  private static Snapshot snapshot(int version) {
    return new Snapshot(version, new byte[] {(byte) version});
  }
}
