package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.changes;
import static io.rowstream.command.domain.Contacts.contactWith;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.delete;
import static io.rowstream.command.domain.Contacts.restore;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.updated;
import static io.rowstream.command.domain.Contacts.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.entity.Policies;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.language.refusal.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every behaviour, on every kind of command, under every policy, with a fresh, a stale, a future
/// and no version: one row of the table each.
class ConcurrencyTest {
  private static final Policies OPTIONAL = Policies.DEFAULT;
  private static final Policies REQUIRED = Policies.DEFAULT.withVersionRequired();
  private static final Policies DISABLED = Policies.DEFAULT.withoutOptimisticConcurrency();

  /// The record is at version 2; fax was changed by version 1 and jobtitle by version 2.
  private static final long CURRENT = 2;

  private enum Verdict {
    APPLIED,
    MERGED,
    FORCED,
    MISMATCH,
    VERSION_REQUIRED,
    VERSION_MISSING,
    NOT_ENABLED
  }

  /// What is asked for. A clashing update sets jobtitle, a disjoint one street.
  enum Order {
    CLASHING_UPDATE,
    DISJOINT_UPDATE,
    CLASHING_UPSERT,
    DISJOINT_UPSERT,
    DELETE,
    RESTORE;

    boolean isDisjointUpdate() {
      return this == DISJOINT_UPDATE || this == DISJOINT_UPSERT;
    }

    RecordCommand expecting(Expectation expected) {
      return switch (this) {
        case CLASHING_UPDATE -> update(expected, "jobtitle", "mine");
        case DISJOINT_UPDATE -> update(expected, "street", "mine");
        case CLASHING_UPSERT -> upsert(expected, "jobtitle", "mine");
        case DISJOINT_UPSERT -> upsert(expected, "street", "mine");
        case DELETE -> delete(expected);
        case RESTORE -> restore(0, expected);
      };
    }
  }

  static Stream<Arguments> table() {
    return Stream.of(Order.values())
        .flatMap(order ->
            Stream.of(ConcurrencyBehavior.values())
                .flatMap(behavior ->
                    Stream.of(OPTIONAL, REQUIRED, DISABLED)
                        .flatMap(policies ->
                            Stream.of(null, 0L, 1L, CURRENT, CURRENT + 1, CURRENT + 40)
                                .map(
                                    version -> Arguments.of(order, behavior, policies, version)))));
  }

  @ParameterizedTest(name = "{0} {1} {2} expecting {3}")
  @MethodSource("table")
  void every_row_of_the_table(
      Order order, ConcurrencyBehavior behavior, Policies policies, @Nullable Long version) {
    var expected = new Expectation(version == null ? null : new RowVersion(version), behavior);
    var record = new Scenario(ADA, contactWith(policies)).given(history());

    var then = record.when(order.expecting(expected));

    Verdict verdict = verdict(order, behavior, policies, version);
    switch (verdict) {
      case APPLIED -> then.expectEvents(event(order, false, false, Set.of())).expectVersion(3);
      case MERGED -> then.expectEvents(event(order, true, false, Set.of())).expectVersion(3);
      case FORCED ->
          then.expectEvents(event(order, false, true, overwritten(order, version)))
              .expectVersion(3);
      case MISMATCH ->
          assertThat(then.refusal())
              .isInstanceOfSatisfying(
                  Refusal.VersionMismatch.class,
                  mismatch -> {
                    assertThat(mismatch.expectedVersion()).isEqualTo(version);
                    assertThat(mismatch.currentVersion()).isEqualTo(CURRENT);
                    assertThat(mismatch.mergeable())
                        .isEqualTo(
                            order.isDisjointUpdate() && version != null && version < CURRENT);
                  });
      case VERSION_REQUIRED -> then.expectRefusal(new Refusal.VersionNotProvided(ADA, true));
      case VERSION_MISSING -> then.expectRefusal(new Refusal.VersionNotProvided(ADA, false));
      case NOT_ENABLED ->
          then.expectRefusal(new Refusal.OptimisticConcurrencyNotEnabled("contact"));
    }
    if (verdict.compareTo(Verdict.MISMATCH) >= 0) {
      assertThat(then.decidedOn()).isEqualTo(Map.of(ADA, CURRENT));
    }
  }

  /// The table of SPEC 1.1.
  private static Verdict verdict(
      Order order, ConcurrencyBehavior behavior, Policies policies, @Nullable Long version) {
    if (policies.equals(DISABLED)) {
      boolean asksForCheck =
          version != null
              || behavior == ConcurrencyBehavior.IF_ROW_VERSION_MATCHES
              || behavior == ConcurrencyBehavior.MERGE_IF_DISJOINT;
      if (asksForCheck) {
        return Verdict.NOT_ENABLED;
      }
    }
    boolean stale = version != null && version < CURRENT;
    boolean future = version != null && version > CURRENT;
    return switch (behavior) {
      case DEFAULT -> {
        if (version == null) {
          yield policies.equals(REQUIRED) ? Verdict.VERSION_REQUIRED : Verdict.APPLIED;
        }
        yield stale || future ? Verdict.MISMATCH : Verdict.APPLIED;
      }
      case IF_ROW_VERSION_MATCHES, MERGE_IF_DISJOINT -> {
        if (version == null) {
          yield policies.equals(REQUIRED) ? Verdict.VERSION_REQUIRED : Verdict.VERSION_MISSING;
        }
        if (behavior == ConcurrencyBehavior.MERGE_IF_DISJOINT
            && stale
            && order.isDisjointUpdate()) {
          yield Verdict.MERGED;
        }
        yield stale || future ? Verdict.MISMATCH : Verdict.APPLIED;
      }
      case ALWAYS_OVERWRITE ->
          version != null && version == CURRENT ? Verdict.APPLIED : Verdict.FORCED;
    };
  }

  private static RecordEvent[] history() {
    return new RecordEvent[] {
      created("fullname", "Ada", "jobtitle", "CEO"),
      updated("fax", null, "1"),
      updated("jobtitle", "CEO", "CTO")
    };
  }

  private static Set<String> overwritten(Order order, @Nullable Long version) {
    Set<String> unseen =
        version == null || version >= CURRENT
            ? Set.of()
            : version == 0 ? Set.of("fax", "jobtitle") : Set.of("jobtitle");
    return switch (order) {
      case CLASHING_UPDATE, CLASHING_UPSERT ->
          unseen.contains("jobtitle") ? Set.of("jobtitle") : Set.of();
      case DISJOINT_UPDATE, DISJOINT_UPSERT -> Set.of();
      case DELETE, RESTORE -> unseen;
    };
  }

  private static RecordEvent event(
      Order order, boolean merged, boolean forced, Set<String> overwrote) {
    return switch (order) {
      case CLASHING_UPDATE, CLASHING_UPSERT ->
          new RecordUpdated(changes("jobtitle", "CTO", "mine"), merged, forced, overwrote);
      case DISJOINT_UPDATE, DISJOINT_UPSERT ->
          new RecordUpdated(changes("street", null, "mine"), merged, forced, overwrote);
      case DELETE ->
          new RecordDeleted(
              Contacts.values("fullname", "Ada", "jobtitle", "CTO", "fax", "1"), forced, overwrote);
      case RESTORE ->
          new RecordRestored(
              changes("jobtitle", "CTO", "CEO", "fax", "1", null), 0, forced, overwrote);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void a_stale_update_that_differs_in_nothing_is_still_a_mismatch(long version) {
    var then =
        new Scenario(ADA, contactWith(OPTIONAL))
            .given(history())
            .when(update(Expectation.exactly(version), "jobtitle", "CTO"));

    assertThat(((Refusal.VersionMismatch) then.refusal()).mergeable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void a_stale_merge_to_the_same_value_succeeds_without_an_event(long version) {
    new Scenario(ADA, contactWith(OPTIONAL))
        .given(history())
        .when(update(Expectation.mergeable(version), "jobtitle", "CTO"))
        .expectNothing()
        .expectVersion(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void a_delete_is_never_a_merge(long version) {
    var then =
        new Scenario(ADA, contactWith(OPTIONAL))
            .given(history())
            .when(delete(Expectation.mergeable(version)));

    assertThat(((Refusal.VersionMismatch) then.refusal()).mergeable()).isFalse();
  }
}
