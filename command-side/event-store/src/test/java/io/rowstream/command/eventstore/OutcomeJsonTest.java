package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.command.eventstore.OutcomeJson.Outcome;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeJsonTest {
  private static final RecordRef ADA = new RecordRef("contact", new UUID(1, 2));
  private static final Instant THEN = Instant.parse("2026-11-20T10:11:12.123456Z");

  static Stream<Refusal> kept() {
    var by = UUID.randomUUID();
    var mismatch =
        new Refusal.VersionMismatch(
            ADA,
            4,
            6,
            true,
            List.of(
                new ConflictingAttribute(
                    "emailaddress1",
                    Value.text("a@x"),
                    Value.text("b@x \"quoted\" ⚡ \n"),
                    Value.empty(),
                    6,
                    by,
                    THEN,
                    true),
                new ConflictingAttribute(
                    "jobtitle", Value.empty(), Value.text(""), null, 5, by, THEN, false),
                new ConflictingAttribute(
                    "creditlimit",
                    new Value.Decimal(new BigDecimal("-1.5")),
                    new Value.Decimal(new BigDecimal("100000000")),
                    new Value.YesNo(true),
                    5,
                    by,
                    THEN,
                    true),
                new ConflictingAttribute(
                    "parent",
                    new Value.Lookup(ADA),
                    new Value.Guid(by),
                    new Value.DateTime(THEN),
                    5,
                    by,
                    THEN,
                    true),
                new ConflictingAttribute(
                    "versionnumber",
                    Value.whole(Long.MIN_VALUE),
                    Value.whole(Long.MAX_VALUE),
                    null,
                    5,
                    by,
                    THEN,
                    false)));
    return Stream.of(
        mismatch,
        new Refusal.VersionMismatch(ADA, 9, 3, false, List.of()),
        new Refusal.DuplicateRecord(ADA),
        new Refusal.RecordNotFound(ADA),
        new Refusal.RecordIsDeleted(ADA, 17, by, THEN),
        new Refusal.KeyNotFound("account", "accountnumber"),
        new Refusal.DuplicateKey("account", "accountnumber", ADA),
        new Refusal.ReferenceNotFound(ADA, "parent", new RecordRef("account", by)),
        new Refusal.StillReferenced(ADA, new RecordRef("task", by), "regardingobjectid"),
        new Refusal.TooManyRelated(ADA, 1_000),
        new Refusal.EntityTypeInUse("contact", "a record of it is there"),
        new Refusal.EntityTypeNotFound("unicorn"),
        new Refusal.AlreadyDefined("contact", "fax"),
        new Refusal.NotDefined("contact", "fax"),
        new Refusal.OfOptionSet.Exists("Colour"),
        new Refusal.OfOptionSet.NotThere("Colour"),
        new Refusal.OfOptionSet.InUse("Colour", "account", "tint"),
        new Refusal.MemberRefused(999, mismatch),
        new Refusal.MemberRefused(0, new Refusal.RecordNotFound(ADA)));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void a_kept_refusal_is_read_as_it_was_written(Refusal refusal) {
    byte[] json = OutcomeJson.refused(refusal).orElseThrow();

    assertThat(OutcomeJson.read(json)).isEqualTo(new Outcome(List.of(), refusal));
  }

  static Stream<Refusal> notKept() {
    return Stream.of(
        new Refusal.VersionNotProvided(ADA, true),
        new Refusal.OptimisticConcurrencyNotEnabled("contact"),
        new Refusal.InvalidValue("contact", "fax", "expected text"),
        new Refusal.TextTooLong("contact", "fax", 3),
        new Refusal.InvalidDefinition("contact", "no"),
        new Refusal.OfOptionSet.Invalid("Colour", "no"),
        new Refusal.CommandIdReused("once"),
        new Refusal.TooBusy("later"),
        new Refusal.MemberRefused(1, new Refusal.TooBusy("later")));
  }

  @ParameterizedTest
  @MethodSource("notKept")
  void a_refusal_that_rests_on_nothing_stored_is_not_kept(Refusal refusal) {
    assertThat(OutcomeJson.refused(refusal)).isEmpty();
  }

  @Test
  void every_kind_of_refusal_is_one_or_the_other() {
    assertThat(Stream.concat(kept(), notKept()).map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(records(Refusal.class));
  }

  private static List<Class<?>> records(Class<?> sealed) {
    return Stream.<Class<?>>of(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? records(each).stream() : Stream.of(each))
        .toList();
  }

  @Test
  void results_are_read_as_they_were_written() {
    var results =
        List.of(
            new RecordResult(ADA, 0, true),
            new RecordResult(new RecordRef("account", new UUID(3, 4)), Long.MAX_VALUE, false));

    assertThat(OutcomeJson.read(OutcomeJson.accepted(results)))
        .isEqualTo(new Outcome(results, null));
    assertThat(OutcomeJson.read(OutcomeJson.accepted(List.of())))
        .isEqualTo(new Outcome(List.of(), null));
  }

  @Test
  void outcomes_written_by_earlier_versions_stay_readable() {
    var accepted = "[\"accepted\",\"contact/00000000-0000-0001-0000-000000000002\",3,false]";
    var mismatch =
        """
        ["member",2,"mismatch","contact/00000000-0000-0001-0000-000000000002",4,6,false,\
        "fax",null,"1",true,{"decimal":"2.5"},6,"11111111-1111-4111-8111-111111111111",\
        "2026-11-20T10:11:12.123456Z",true]\
        """;

    assertThat(read(accepted).results()).containsExactly(new RecordResult(ADA, 3, false));
    assertThat(read(mismatch).refusal())
        .isEqualTo(
            new Refusal.MemberRefused(
                2,
                new Refusal.VersionMismatch(
                    ADA,
                    4,
                    6,
                    false,
                    List.of(
                        new ConflictingAttribute(
                            "fax",
                            Value.empty(),
                            Value.text("1"),
                            new Value.Decimal(new BigDecimal("2.5")),
                            6,
                            UUID.fromString("11111111-1111-4111-8111-111111111111"),
                            THEN,
                            true)))));
  }

  @Test
  void an_outcome_of_an_unknown_kind_is_refused() {
    assertThatThrownBy(() -> read("[\"perhaps\"]")).hasMessageContaining("perhaps");
  }

  private static Outcome read(String json) {
    return OutcomeJson.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
