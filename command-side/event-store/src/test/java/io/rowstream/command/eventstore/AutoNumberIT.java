package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.DeleteRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers for new records on two nodes of one database that know nothing of each other.
class AutoNumberIT {
  private static LogDatabase database;
  private static Node here;
  private static Node there;

  /// An entity type of its own for each test.
  private final String ticket = "ticket" + UUID.randomUUID().toString().replace("-", "");

  @BeforeAll
  static void start() throws Exception {
    database = LogDatabase.create();
    here = Node.start(database);
    there = Node.start(database);
  }

  @AfterAll
  static void stop() {
    here.close();
    there.close();
    database.close();
  }

  @BeforeEach
  void define() {
    here.define(ticket(ticket));
    there.refresh();
  }

  static EntityType ticket(String name) {
    var number = new AttributeType.Text(20, AutoNumberFormat.parse("{SEQNUM:1}"));
    return EntityType.of(
        name, name + "s", "Ticket", "number", new Attribute("number", "Number", number));
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void parallel_creates_get_one_number_each(int creates) {
    var outcomes = Rendezvous.race(creates, racer -> () -> node(racer).send(create()));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(1_000, creates));
  }

  @Test
  void creates_of_change_sets_get_one_number_each() {
    var outcomes =
        Rendezvous.race(
            20,
            racer ->
                () ->
                    node(racer)
                        .send(
                            new ChangeSet(
                                Stream.generate(() -> (RecordCommand) create())
                                    .limit(25)
                                    .toList())));

    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(1_000, 500));
  }

  @Test
  void numbers_go_on_after_a_restart() throws Exception {
    here.send(create());
    there.send(create());
    try (var restarted = Node.start(database)) {
      restarted.send(create());
    }

    assertThat(numbers()).containsExactly(1_000L, 1_001L, 1_002L);
  }

  @Test
  void every_node_obeys_a_seed_at_once() {
    Rendezvous.race(50, racer -> () -> node(racer).send(create()));

    assertThat(here.seeds.set(ticket, "number", 10_000, null)).isTrue();
    there.send(create());
    here.send(create());

    assertThat(numbers().subList(50, 52)).containsExactly(10_000L, 10_001L);
    assertThat(there.seeds.standing(ticket, "number"))
        .isEqualTo(new NumberSeeds.Standing(10_000, 10_002, 10_001L));
  }

  @Test
  void a_create_that_begins_after_a_seed_was_set_gets_it_or_a_later_number() {
    for (long seed = 10_000; seed <= 50_000; seed += 10_000) {
      long next = seed;
      var outcomes =
          Rendezvous.race(
              30,
              racer ->
                  () -> {
                    if (racer == 0) {
                      here.seeds.set(ticket, "number", next, null);
                    }
                    node(racer).send(create());
                    return there.send(create());
                  });

      assertThat(Outcome.thrown(outcomes)).isEmpty();
      var after = Outcome.returned(outcomes).getFirst().first().record();
      assertThat(number(after)).isGreaterThan(next);
    }
    assertThat(numbers()).doesNotHaveDuplicates().hasSize(5 * 60);
  }

  @Test
  void a_seed_below_what_was_given_is_refused_and_changes_nothing() {
    here.send(create());
    here.send(create());
    var before = there.seeds.standing(ticket, "number");

    assertThat(there.seeds.set(ticket, "number", 1_001, null)).isFalse();
    assertThat(there.seeds.set(ticket, "number", 0, null)).isFalse();

    assertThat(there.seeds.standing(ticket, "number")).isEqualTo(before);
    assertThat(before).isEqualTo(new NumberSeeds.Standing(1_000, 1_002, 1_001L));
  }

  @Test
  void a_seed_set_too_high_can_be_taken_back_until_a_number_was_given() {
    here.send(create());
    assertThat(here.seeds.set(ticket, "number", AutoNumberFormat.SEED_MAX, null)).isTrue();
    assertThat(here.seeds.set(ticket, "number", 2_000, null)).isTrue();
    here.send(create());

    assertThat(numbers()).containsExactly(1_000L, 2_000L);
  }

  @Test
  void a_seed_is_set_before_the_first_number_was_given() {
    assertThat(here.seeds.standing(ticket, "number"))
        .isEqualTo(new NumberSeeds.Standing(1_000, 1_000, null));

    assertThat(here.seeds.set(ticket, "number", 1, null)).isTrue();
    there.send(create());

    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void a_create_decided_again_may_leave_a_number_out_and_never_shares_one() {
    var lost = create();
    assertThat(here.send(lost).first().created()).isTrue();
    there.send(new DeleteRecord(lost.record(), Expectation.NONE));
    there.send(create(lost.record()));
    assertThat(here.refusal(new DeleteRecord(lost.record(), Expectation.exactly(0))))
        .isInstanceOf(Refusal.VersionMismatch.class);
    there.send(new DeleteRecord(lost.record(), Expectation.NONE));

    here.send(create(lost.record()));
    here.send(create());

    assertThat(numbers()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void twins_of_one_command_id_get_the_first_number_again() {
    var create = create();

    var outcomes = Rendezvous.race(100, racer -> () -> node(racer).send("once", create));

    assertThat(Outcome.returned(outcomes)).hasSize(100);
    assertThat(Outcome.returned(outcomes).stream().map(CommandResult::records).distinct())
        .hasSize(1);
    assertThat(numbers()).hasSize(1);
  }

  @Test
  void a_seed_set_again_under_its_command_id_is_set_once() {
    assertThat(here.seeds.set(ticket, "number", 5_000, ticket)).isTrue();
    here.send(create());

    assertThat(there.seeds.set(ticket, "number", 5_000, ticket)).isTrue();
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> there.seeds.set(ticket, "number", 6_000, ticket));
    there.send(create());
    assertThat(there.refusal(ticket, create())).isEqualTo(new Refusal.CommandIdReused(ticket));

    assertThat(numbers()).containsExactly(5_000L, 5_001L);
  }

  @Test
  void a_command_id_of_a_record_sets_no_seed() {
    here.send(ticket, create());

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> there.seeds.set(ticket, "number", 6_000, ticket));

    assertThat(here.seeds.standing(ticket, "number").next()).isEqualTo(1_001);
  }

  private Node node(int racer) {
    return racer % 2 == 0 ? here : there;
  }

  private CreateRecord create() {
    return create(new RecordRef(ticket, UUID.randomUUID()));
  }

  private static CreateRecord create(RecordRef record) {
    return new CreateRecord(record, Map.of());
  }

  private static List<Long> range(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  /// The number a record was created with.
  private long number(RecordRef record) {
    return WholeLog.read(database.owner()).stream()
        .filter(event -> event.record().equals(record))
        .flatMap(AutoNumberIT::number)
        .findFirst()
        .orElseThrow();
  }

  private List<Long> numbers() {
    return numbers(database.owner(), ticket);
  }

  /// In the order of the log.
  static List<Long> numbers(DataSource owner, String entityType) {
    return WholeLog.read(owner).stream()
        .filter(event -> event.record().entityType().equals(entityType))
        .flatMap(AutoNumberIT::number)
        .toList();
  }

  private static Stream<Long> number(LoggedEvent logged) {
    return logged.event() instanceof RecordCreated(Map<String, Value> values)
            && values.get("number") instanceof Value.Text(String text)
        ? Stream.of(Long.valueOf(text))
        : Stream.empty();
  }
}
