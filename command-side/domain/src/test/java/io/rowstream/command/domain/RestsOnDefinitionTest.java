package io.rowstream.command.domain;

import static io.rowstream.command.domain.Contacts.ADA;
import static io.rowstream.command.domain.Contacts.BEA;
import static io.rowstream.command.domain.Contacts.CONTACT;
import static io.rowstream.command.domain.Contacts.createAda;
import static io.rowstream.command.domain.Contacts.created;
import static io.rowstream.command.domain.Contacts.delete;
import static io.rowstream.command.domain.Contacts.restore;
import static io.rowstream.command.domain.Contacts.update;
import static io.rowstream.command.domain.Contacts.upsert;
import static io.rowstream.language.command.Expectation.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.RecordCommand.ByAlternateKey;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whatever is done to a record, or is not, rests on the version of its entity type's definition.
class RestsOnDefinitionTest {
  private final Scenario records = new Scenario(ADA, CONTACT).given(created("fullname", "Ada"));

  @Test
  void every_accepted_command_does() {
    for (Command accepted :
        List.of(
            update(NONE, "fax", "1"),
            upsert(NONE, "fax", "2"),
            restore(0, NONE),
            delete(NONE),
            createAda("fullname", "Ada"),
            new ChangeSet(List.of(new CreateRecord(BEA, Contacts.values("fullname", "Bea")))))) {
      var then = records.when(accepted);
      assertThat(then.results()).as("%s", accepted).isNotEmpty();
      assertThat(then.definedAt("contact")).as("%s", accepted).isEqualTo(Scenario.DEFINED);
    }
  }

  @Test
  void every_refused_command_does() {
    for (Command refused :
        List.of(
            createAda("fullname", "Ada"),
            update(NONE, "shoesize", "43"),
            new CreateRecord(BEA, Contacts.values("shoesize", "43")),
            new ByAlternateKey("fax", Map.of(), delete(NONE)),
            new ChangeSet(List.of(update(NONE, "fax", "1"), update(NONE, "shoesize", "43"))))) {
      var then = records.when(refused);
      assertThat(then.refusal()).as("%s", refused).isNotNull();
      assertThat(then.definedAt("contact")).as("%s", refused).isEqualTo(Scenario.DEFINED);
    }
  }

  @Test
  void that_there_is_none_is_a_version_too() {
    var then = records.when(new CreateRecord(new RecordRef("pet", new UUID(0, 3)), Map.of()));

    assertThat(then.refusal()).isNotNull();
    assertThat(then.definedAt("pet")).isEqualTo(RowVersion.NONE);
  }
}
