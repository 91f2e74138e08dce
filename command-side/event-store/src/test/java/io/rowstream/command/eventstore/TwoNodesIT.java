package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.command.RecordCommand.RestoreRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.command.RecordCommand.UpsertRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.Seed;
import io.rowstream.testkit.WholeLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole command path on two nodes that remember records and know nothing of each other: a
/// client is told the truth, whichever node it asks.
class TwoNodesIT {
  private static final EntityType CONTACT =
      EntityType.of(
          "contact",
          "contacts",
          "Contact",
          "fullname",
          text("fullname"),
          text("jobtitle"),
          text("fax"));

  private final RecordRef ada = new RecordRef("contact", UUID.randomUUID());
  private final RecordRef bea = new RecordRef("contact", UUID.randomUUID());
  private LogDatabase database;
  private Node here;
  private Node there;

  @BeforeEach
  void start() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    there = Node.start(database);
    here.define(CONTACT);
    there.refresh();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    database.close();
  }

  @Test
  void a_version_only_the_other_node_has_seen_is_accepted() {
    here.send(create(ada, "Ada"));
    there.send(update(ada, "Bea", Expectation.exactly(0)));

    var result = here.send(update(ada, "Cleo", Expectation.exactly(1)));

    assertThat(result.first().rowVersion()).isEqualTo(2);
  }

  @Test
  void what_only_looks_unchanged_is_written() {
    here.send(create(ada, "Ada"));
    there.send(update(ada, "Bea", Expectation.NONE));

    var result = here.send(update(ada, "Ada", Expectation.NONE));

    assertThat(result.first().rowVersion()).isEqualTo(2);
    assertThat(((RecordEvent) last().event()).changes())
        .isEqualTo(Map.of("fullname", new Change(Value.text("Bea"), Value.text("Ada"))));
  }

  @Test
  void what_only_looks_changed_is_not_written() {
    here.send(create(ada, "Ada"));
    there.send(update(ada, "Bea", Expectation.NONE));

    var result = here.send(update(ada, "Bea", Expectation.NONE));

    assertThat(result.first().rowVersion()).isEqualTo(1);
    assertThat(result.position()).isEqualTo(last().position());
  }

  @Test
  void a_conflict_names_everything_the_other_node_has_done() {
    here.send(create(ada, "Ada"));
    there.send(update(ada, "Bea", Expectation.NONE));
    there.send(new UpdateRecord(ada, Map.of("fax", Value.text("1")), Expectation.NONE));

    var refusal = here.refusal(update(ada, "Cleo", Expectation.exactly(0)));

    var mismatch = (Refusal.VersionMismatch) refusal;
    assertThat(mismatch.currentVersion()).isEqualTo(2);
    assertThat(mismatch.attributes())
        .extracting(ConflictingAttribute::name, ConflictingAttribute::theirs)
        .containsExactly(tuple("fax", Value.text("1")), tuple("fullname", Value.text("Bea")));
  }

  @Test
  void a_record_deleted_on_the_other_node_is_deleted_here() {
    here.send(create(ada, "Ada"));
    there.send(new DeleteRecord(ada, Expectation.NONE));

    assertThat(here.refusal(update(ada, "Bea", Expectation.NONE)))
        .isInstanceOfSatisfying(
            Refusal.RecordIsDeleted.class,
            deleted -> {
              assertThat(deleted.rowVersion()).isEqualTo(1);
              assertThat(deleted.by()).isEqualTo(LogWriter.ADA);
              assertThat(deleted.on()).isEqualTo(last().committedOn());
            });
    assertThat(here.send(create(ada, "Ada again")).first().rowVersion()).isEqualTo(2);
  }

  @Test
  void a_record_created_on_the_other_node_is_a_duplicate_here() {
    assertThat(here.refusal(update(ada, "Ada", Expectation.NONE)))
        .isEqualTo(new Refusal.RecordNotFound(ada));
    there.send(create(ada, "Ada"));

    assertThat(here.refusal(create(ada, "Ada"))).isEqualTo(new Refusal.DuplicateRecord(ada));
  }

  @Test
  void a_change_set_rests_on_what_all_its_records_are_now() {
    here.send(create(ada, "Ada"));
    here.send(create(bea, "Bea"));
    there.send(update(ada, "Ada There", Expectation.NONE));
    there.send(update(bea, "Bea There", Expectation.NONE));

    var result =
        here.send(
            new ChangeSet(
                List.of(
                    update(bea, "Bea Here", Expectation.exactly(1)),
                    update(ada, "Ada Here", Expectation.exactly(1)))));

    assertThat(result.records())
        .extracting(CommandResult.RecordResult::rowVersion)
        .containsExactly(2L, 2L);
    assertThat(
            here.refusal(
                new ChangeSet(
                    List.of(
                        update(bea, "Bea", Expectation.exactly(2)),
                        update(ada, "Ada", Expectation.exactly(1))))))
        .isInstanceOfSatisfying(
            Refusal.MemberRefused.class, refused -> assertThat(refused.member()).isEqualTo(1));
  }

  @Test
  void a_change_set_that_fails_on_its_own_earlier_member_says_so() {
    here.send(create(ada, "Ada"));

    var refusal =
        here.refusal(
            new ChangeSet(
                List.of(
                    update(ada, "Once", Expectation.exactly(0)),
                    update(ada, "Twice", Expectation.exactly(0)))));

    assertThat(refusal).isInstanceOf(Refusal.MemberRefused.class);
    var refused = (Refusal.MemberRefused) refusal;
    assertThat(refused.member()).isEqualTo(1);
    assertThat(refused.reason()).isInstanceOf(Refusal.VersionMismatch.class);
    assertThat(here.refusal(new ChangeSet(List.of(create(bea, "Bea"), create(bea, "Bea")))))
        .isEqualTo(new Refusal.MemberRefused(1, new Refusal.DuplicateRecord(bea)));
    assertThat(here.send(create(bea, "Bea")).first().created()).isTrue();
  }

  @Test
  void twins_on_two_nodes_create_one_record() {
    var outcomes =
        Rendezvous.race(
            40,
            number -> () -> node(number).send(new UpsertRecord(ada, Map.of(), Expectation.NONE)));

    assertThat(Outcome.returned(outcomes)).hasSize(40);
    assertThat(Outcome.returned(outcomes).stream().filter(r -> r.first().created())).hasSize(1);
    assertThat(WholeLog.read(database.owner())).hasSize(2);
  }

  @Test
  void a_thousand_times_one_command_id_on_two_nodes_is_one_write_and_one_answer() throws Exception {
    here.send(create(ada, "Ada"));
    var command = update(ada, "Bea", Expectation.exactly(0));

    var outcomes = Rendezvous.race(1_000, number -> () -> node(number).send("once", command));

    var results = Outcome.returned(outcomes);
    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(results.stream().map(CommandResult::records).distinct()).hasSize(1);
    assertThat(results.stream().map(CommandResult::position).distinct()).containsExactly(3L);
    assertThat(results.stream().filter(r -> !r.repeated())).hasSize(1);
    assertThat(WholeLog.read(database.owner())).hasSize(3);

    here.send(update(ada, "Cleo", Expectation.exactly(1)));
    try (var restarted = Node.start(database)) {
      assertThat(restarted.send("once", command))
          .isEqualTo(new CommandResult("once", 3, results.getFirst().records(), true));
      assertThat(restarted.refusal("once", update(ada, "Dora", Expectation.exactly(0))))
          .isEqualTo(new Refusal.CommandIdReused("once"));
    }
  }

  @Test
  void a_refusal_is_repeated_as_it_was_though_it_would_not_be_one_any_more() throws Exception {
    here.send(create(ada, "Ada"));
    there.send(update(ada, "Bea", Expectation.NONE));
    var command = update(ada, "Cleo", Expectation.exactly(0));
    var first = here.refusal("clash", command);
    var absent = there.refusal("early", update(bea, "Bea", Expectation.NONE));
    there.send(update(ada, "Dora", Expectation.NONE));
    there.send(create(bea, "Bea"));

    var outcomes = Rendezvous.race(200, number -> () -> node(number).refusal("clash", command));
    assertThat(Outcome.returned(outcomes)).hasSize(200).containsOnly(first);
    try (var restarted = Node.start(database)) {
      restarted.refresh();
      assertThat(restarted.refusal("clash", command)).isEqualTo(first);
      assertThat(restarted.refusal("early", update(bea, "Bea", Expectation.NONE)))
          .isEqualTo(absent);
    }
  }

  @Test
  void a_no_op_is_repeated_with_the_same_position() {
    here.send(create(ada, "Ada"));
    var first = here.send("noted", update(ada, "Ada", Expectation.NONE));
    there.send(update(ada, "Bea", Expectation.NONE));

    var again = there.send("noted", update(ada, "Ada", Expectation.NONE));

    assertThat(again)
        .isEqualTo(new CommandResult("noted", first.position(), first.records(), true));
  }

  @Test
  void a_record_both_nodes_want_all_the_time_is_busy_for_neither() {
    here.send(create(ada, "Ada"));

    var outcomes =
        Rendezvous.race(
            60,
            number ->
                () -> {
                  for (int i = 0; i < 5; i++) {
                    node(number).send(update(ada, number + "." + i, Expectation.NONE));
                  }
                  return number;
                });

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(last().version()).isEqualTo(300);
  }

  @Test
  void beyond_its_bound_of_waiters_a_record_is_busy() throws Exception {
    try (var narrow = Node.start(database, 2)) {
      narrow.send(create(ada, "Ada"));

      var outcomes =
          Rendezvous.race(
              100, number -> () -> narrow.send(update(ada, "n" + number, Expectation.NONE)));

      assertThat(Outcome.thrown(outcomes))
          .isNotEmpty()
          .allSatisfy(e ->
              assertThat(((RefusedException) e).refusal()).isInstanceOf(Refusal.TooBusy.class));
      assertThat(last().version()).isEqualTo(Outcome.returned(outcomes).size());
    }
  }

  @Test
  void text_that_is_not_well_formed_is_refused_and_harms_nothing() {
    var broken = new CreateRecord(ada, Map.of("fullname", Value.text("A\ud800da")));

    assertThat(here.refusal(broken)).isInstanceOf(Refusal.InvalidValue.class);
    assertThat(here.refusal("repeatable", broken)).isInstanceOf(Refusal.InvalidValue.class);
    assertThat(here.send(create(ada, "Ada \ud83d\ude00")).first().rowVersion()).isZero();
  }

  @Test
  void whatever_two_nodes_are_asked_at_once_every_answer_is_true() {
    var records =
        Stream.generate(UUID::randomUUID).limit(6).map(id -> new RecordRef("contact", id)).toList();
    long seed = Seed.ofThisRun().value();

    var outcomes =
        Rendezvous.race(
            24,
            number ->
                () -> {
                  var random = new Random(seed + number);
                  var refusals = new ArrayList<Refusal>();
                  for (int i = 0; i < 60; i++) {
                    try {
                      node(random.nextInt(2)).send(random(random, records));
                    } catch (RefusedException refused) {
                      refusals.add(refused.refusal());
                    }
                  }
                  return refusals;
                });

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    var streams = new HashMap<RecordRef, List<LoggedEvent>>();
    for (LoggedEvent event : WholeLog.read(database.owner())) {
      streams.computeIfAbsent(event.record(), _ -> new ArrayList<>()).add(event);
    }
    assertConsistent(streams);
    var refusals = Outcome.returned(outcomes).stream().flatMap(List::stream).toList();
    assertThat(refusals).noneMatch(Refusal.TooBusy.class::isInstance);
    var mismatches =
        refusals.stream()
            .filter(Refusal.VersionMismatch.class::isInstance)
            .map(Refusal.VersionMismatch.class::cast)
            .toList();
    assertThat(mismatches).hasSizeGreaterThan(20);
    mismatches.forEach(
        mismatch -> assertTrue(mismatch, streams.getOrDefault(mismatch.record(), List.of())));
  }

  private static Command random(Random random, List<RecordRef> records) {
    var record = records.get(random.nextInt(records.size()));
    var values =
        Map.<String, Value>of(
            List.of("fullname", "jobtitle", "fax").get(random.nextInt(3)),
            random.nextInt(4) == 0 ? Value.empty() : Value.text("v" + random.nextInt(5)));
    var expected =
        switch (random.nextInt(4)) {
          case 0 -> Expectation.exactly(random.nextInt(40));
          case 1 -> Expectation.mergeable(random.nextInt(40));
          case 2 -> Expectation.overwriting(random.nextInt(40));
          default -> Expectation.NONE;
        };
    return switch (random.nextInt(12)) {
      case 0, 1 -> new CreateRecord(record, values);
      case 2 -> new DeleteRecord(record, expected);
      case 3 -> new RestoreRecord(record, new RowVersion(random.nextInt(20)), expected);
      case 4, 5 -> new UpsertRecord(record, values, expected);
      default -> new UpdateRecord(record, values, expected);
    };
  }

  /// Every change says truly what was before.
  private static void assertConsistent(Map<RecordRef, List<LoggedEvent>> streams) {
    streams.forEach((record, events) -> {
      var values = new HashMap<String, Value>();
      for (LoggedEvent event : events) {
        if (event.event() instanceof RecordEvent happened) {
          happened
              .changes()
              .forEach((name, change) ->
                  assertThat(change.before())
                      .as("%s", event)
                      .isEqualTo(values.getOrDefault(name, Value.empty())));
          happened.changes().forEach((name, change) -> values.put(name, change.after()));
        }
      }
    });
  }

  private static void assertTrue(Refusal.VersionMismatch mismatch, List<LoggedEvent> events) {
    assertThat(mismatch.currentVersion())
        .isBetween(0L, (long) events.size() - 1)
        .isNotEqualTo(mismatch.expectedVersion());
    var expected = new TreeMap<String, List<Object>>();
    for (LoggedEvent event :
        events.subList(
            (int) Math.min(mismatch.expectedVersion() + 1, mismatch.currentVersion() + 1),
            (int) mismatch.currentVersion() + 1)) {
      ((RecordEvent) event.event())
          .changes()
          .forEach((name, change) -> {
            var base = expected.containsKey(name) ? expected.get(name).getFirst() : change.before();
            expected.put(name, List.of(base, change.after(), event.version(), event.committedOn()));
          });
    }
    var told = new TreeMap<String, List<Object>>();
    mismatch
        .attributes()
        .forEach(
            a -> told.put(a.name(), List.of(a.base(), a.theirs(), a.rowVersion(), a.modifiedOn())));
    assertThat(told).as("%s", mismatch).isEqualTo(expected);
  }

  private Node node(int number) {
    return number % 2 == 0 ? here : there;
  }

  private LoggedEvent last() {
    return WholeLog.read(database.owner()).getLast();
  }

  private static CreateRecord create(RecordRef record, String name) {
    return new CreateRecord(record, Map.of("fullname", Value.text(name)));
  }

  private static UpdateRecord update(RecordRef record, String name, Expectation expected) {
    return new UpdateRecord(record, Map.of("fullname", Value.text(name)), expected);
  }

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }
}
