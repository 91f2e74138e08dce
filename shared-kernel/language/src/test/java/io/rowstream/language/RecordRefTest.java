package io.rowstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRefTest {

  @Test
  void it_is_read_as_it_was_written() {
    var ref = new RecordRef("contact", UUID.fromString("6f0d5a3e-0000-4000-8000-000000000001"));

    assertThat(ref).hasToString("contact/6f0d5a3e-0000-4000-8000-000000000001");
    assertThat(RecordRef.parse(ref.toString())).isEqualTo(ref);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contact",
        "/",
        "contact/",
        "/6f0d5a3e-0000-4000-8000-000000000001",
        "contact/1",
        "contact/contact/6f0d5a3e-0000-4000-8000-000000000001"
      })
  void what_is_no_reference_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordRef.parse(text));
  }

  @Test
  void references_have_one_order_by_type_first() {
    var refs =
        Stream.of(
                new RecordRef("contact", new UUID(0, 1)),
                new RecordRef("account", new UUID(0, 2)),
                new RecordRef("account", new UUID(-1, 0)),
                new RecordRef("account", new UUID(0, -2)))
            .sorted()
            .toList();

    assertThat(refs)
        .extracting(RecordRef::entityType)
        .containsExactly("account", "account", "account", "contact");
    assertThat(refs).isSorted();
    assertThat(refs.getFirst().compareTo(refs.getFirst())).isZero();
  }

  @Test
  void a_row_version_is_never_negative() {
    assertThat(new RowVersion(0)).isLessThan(new RowVersion(1)).hasToString("0");
    assertThatIllegalArgumentException().isThrownBy(() -> new RowVersion(-1));
  }
}
