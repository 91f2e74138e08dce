package io.rowstream.query.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.RecordRef;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIdTest {
  private static final RecordRef CONTACT =
      new RecordRef("contact", UUID.fromString("c0000000-0000-4000-8000-000000000001"));

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 812, Integer.MAX_VALUE, AuditId.POSITION_MAX})
  void an_id_is_a_uuid_that_leads_to_its_position(long position) {
    UUID id = AuditId.of(CONTACT, 3, position);

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(AuditId.position(id)).isEqualTo(position);
  }

  @Test
  void an_id_stays_the_same_for_ever() {
    assertThat(AuditId.of(CONTACT, 3, 812)).hasToString("7a81ecaa-604c-8527-8000-00000000032c");
  }

  @Test
  void another_record_or_version_at_the_same_position_has_another_id() {
    var ids = new HashSet<UUID>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(AuditId.of(CONTACT, i, 812));
      ids.add(AuditId.of(new RecordRef("account", new UUID(1, i)), 0, 812));
    }

    assertThat(ids).hasSize(2_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, AuditId.POSITION_MAX + 1})
  void a_position_there_is_no_room_for_is_refused(long position) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> AuditId.of(CONTACT, 3, position));
  }
}
