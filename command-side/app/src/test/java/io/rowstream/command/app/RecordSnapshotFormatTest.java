package io.rowstream.command.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.command.domain.RecordAggregate;
import io.rowstream.command.domain.RecordState;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordSnapshotFormatTest {
  private static final RecordRef RECORD = new RecordRef("contact", new UUID(7, 9));
  private static final Map<String, Value> VALUES =
      Map.of(
          "text", Value.text("\"quoted\", \0 and \uD83D\uDE00"),
          "whole", Value.whole(Long.MIN_VALUE),
          "decimal", new Value.Decimal(new BigDecimal("12345678901234567890.0123456789")),
          "yesno", new Value.YesNo(true),
          "datetime", new Value.DateTime(Instant.parse("2026-02-28T23:59:59.123456Z")),
          "guid", new Value.Guid(new UUID(-1, 1)),
          "lookup", new Value.Lookup(RECORD));

  private final RecordSnapshotFormat format = new RecordSnapshotFormat();

  private RecordAggregate again(RecordState state) {
    return format.read(RECORD, 3, format.write(new RecordAggregate(RECORD, state, 3)));
  }

  @Test
  void a_record_is_read_back_as_it_was_written() {
    var state = new RecordState(VALUES, true);

    assertThat(again(state).state()).isEqualTo(state);
  }

  @Test
  void every_type_of_value_is_among_them() {
    var types = new HashSet<Class<?>>(List.of(Value.class.getPermittedSubclasses()));
    types.remove(Value.Empty.class);

    assertThat(VALUES.values()).extracting(Object::getClass).hasSameElementsAs(types);
  }

  @Test
  void a_deleted_record_stays_deleted() {
    var deleted = new RecordState(Map.of(), false);

    assertThat(again(deleted).state()).isEqualTo(deleted);
  }

  @Test
  void what_another_version_wrote_is_refused() {
    for (String other : new String[] {"[2,true,{}]", "[true,{}]", "{}", "", "[1,true", "\0"}) {
      assertThatThrownBy(() -> format.read(RECORD, 3, other.getBytes(StandardCharsets.UTF_8)))
          .as(other)
          .isInstanceOf(RuntimeException.class);
    }
  }
}
