package io.rowstream.query.projections.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.query.projections.ViewDatabase;
import io.rowstream.testkit.Rendezvous;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeopleIT {
  private static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final RecordRef BEAS_RECORD = new RecordRef("systemuser", BEA);

  private final ViewDatabase database = ViewDatabase.create();
  private final EventFeed feed = database.feed();

  @AfterEach
  void drop() {
    database.close();
  }

  private void hire(UUID id, String name) {
    database
        .writer()
        .append(
            new RecordRef("systemuser", id),
            new RecordCreated(Map.of("fullname", Value.text(name))));
  }

  private void rename(String from, String to) {
    database
        .writer()
        .append(
            BEAS_RECORD,
            new RecordUpdated(
                Map.of("fullname", new Change(Value.text(from), Value.text(to))),
                false,
                false,
                Set.of()));
  }

  @Test
  void a_renamed_person_has_the_new_name_and_a_deleted_one_the_last() {
    hire(BEA, "Bea Buyer");
    try (var people = new People(feed, database.recordLog(), 10)) {
      assertThat(people.find(BEA)).contains(new Person(BEA, "Bea Buyer", false));

      rename("Bea Buyer", "Bea Seller");
      Awaitility.await().until(() -> "Bea Seller".equals(people.fullname(BEA)));

      database
          .writer()
          .append(
              BEAS_RECORD,
              new RecordDeleted(Map.of("fullname", Value.text("Bea Seller")), false, Set.of()));
      Awaitility.await().until(() -> people.find(BEA).orElseThrow().deleted());
      assertThat(people.fullname(BEA)).isEqualTo("Bea Seller");
    }
    try (var late = new People(feed, database.recordLog(), 10)) {
      assertThat(late.find(BEA)).contains(new Person(BEA, "Bea Seller", true));
    }
  }

  @Test
  void nobody_is_nobody_until_hired() {
    try (var people = new People(feed, database.recordLog(), 10)) {
      assertThat(people.find(BEA)).isEmpty();
      assertThat(people.fullname(BEA)).isNull();

      hire(BEA, "Bea Buyer");

      assertThat(people.fullname(BEA)).isEqualTo("Bea Buyer");
    }
  }

  @Test
  void who_was_asked_for_long_ago_is_forgotten_and_found_again() {
    try (var people = new People(feed, database.recordLog(), 2)) {
      for (int i = 0; i < 5; i++) {
        hire(new UUID(1, i), "number " + i);
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5; i++) {
          assertThat(people.fullname(new UUID(1, i))).isEqualTo("number " + i);
        }
      }
    }
  }

  @Test
  void an_old_name_never_stays_when_it_is_read_while_it_changes() {
    hire(BEA, "name 0");
    for (int round = 1; round <= 20; round++) {
      int now = round;
      try (var people = new People(feed, database.recordLog(), 10)) {
        Rendezvous.race(
            4,
            number ->
                () -> {
                  if (number == 0) {
                    rename("name " + (now - 1), "name " + now);
                  }
                  return people.fullname(BEA);
                });

        Awaitility.await().until(() -> ("name " + now).equals(people.fullname(BEA)));
      }
    }
  }
}
