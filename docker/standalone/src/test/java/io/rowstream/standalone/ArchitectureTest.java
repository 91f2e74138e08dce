package io.rowstream.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The rooms and their rules, as far as Maven's modules do not say them already.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rowstream");

  @Test
  void the_language_knows_the_jdk_only() {
    never("io.rowstream.language..", "java.sql..", "java.net..").check(CLASSES);
    only("io.rowstream.language..", "java..").check(CLASSES);
  }

  @Test
  void the_dialect_is_data() {
    never(
            "io.rowstream.odata..",
            "org.springframework..",
            "java.sql..",
            "javax.sql..",
            "io.netty..",
            "io.rowstream.eventlog..")
        .check(CLASSES);
  }

  @Test
  void what_stands_before_the_handlers_knows_neither_rules_nor_data() {
    never(
            "io.rowstream.web..",
            "java.sql..",
            "javax.sql..",
            "org.axonframework..",
            "io.rowstream.eventlog..")
        .check(CLASSES);
  }

  @Test
  void the_rules_touch_nothing_but_axons_modelling() {
    never("io.rowstream.command.domain..", "java.sql..", "java.net..").check(CLASSES);
    only(
            "io.rowstream.command.domain..",
            "io.rowstream.language..",
            "org.axonframework.commandhandling..",
            "org.axonframework.eventhandling..",
            "org.axonframework.eventsourcing..",
            "org.axonframework.modelling..",
            "java..")
        .check(CLASSES);
  }

  @Test
  void projections_do_not_use_each_other() {
    slices()
        .matching("io.rowstream.query.projections.(*)..")
        .should()
        .notDependOnEachOther()
        .check(CLASSES);
  }

  @Test
  void the_rules_have_no_clock_and_no_dice_of_their_own() {
    noClasses()
        .that()
        .resideInAnyPackage("io.rowstream.command.domain..", "io.rowstream.language..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  @Test
  void the_event_store_does_not_know_the_rules_or_the_web() {
    never(
            "io.rowstream.command.eventstore..",
            "io.rowstream.command.domain..",
            "org.springframework..",
            "io.rowstream.odata..")
        .check(CLASSES);
  }

  @Test
  void neither_side_sees_the_other() {
    never("io.rowstream.command..", "io.rowstream.query..").check(CLASSES);
    never("io.rowstream.query..", "io.rowstream.command..").check(CLASSES);
  }

  @Test
  void the_feed_knows_neither_web_nor_views() {
    never(
            "io.rowstream.query.eventfeed..",
            "org.springframework..",
            "reactor..",
            "io.rowstream.odata..",
            "io.rowstream.query.projections..",
            "io.rowstream.query.push..")
        .check(CLASSES);
  }

  @Test
  void pushing_does_not_look_into_projections() {
    never(
            "io.rowstream.query.push..",
            "io.rowstream.query.projections..",
            "java.sql..",
            "javax.sql..")
        .check(CLASSES);
  }

  @Test
  void the_edge_runs_no_statements_of_its_own() {
    noClasses()
        .that()
        .resideInAnyPackage("io.rowstream.command.app..", "io.rowstream.query.app..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Statement.class)
        .check(CLASSES);
  }

  @Test
  void reactive_types_stay_at_the_edge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.rowstream.query.push..",
            "io.rowstream.query.app..",
            "io.rowstream.command.app..",
            "io.rowstream.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..")
        .check(CLASSES);
  }

  @Test
  void names_say_what_a_thing_is() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Dto")
        .check(CLASSES);
  }

  /// Besides itself and annotations of the compiler's checks.
  private static ArchRule only(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(others).or(resideInAnyPackage(room, "org.jspecify.annotations")))
        .as(room + " uses nothing but " + String.join(", ", others));
  }

  private static ArchRule never(String room, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .as(room + " never uses " + String.join(", ", others));
  }
}
