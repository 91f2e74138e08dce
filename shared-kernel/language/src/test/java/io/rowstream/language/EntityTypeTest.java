package io.rowstream.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.Policies;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTypeTest {
  private static final EntityType PET = pet(text("name"), text("breed"));

  @Test
  void attributes_keep_the_order_they_were_declared_in() {
    assertThat(pet(text("zeta"), text("name"), text("alpha")).attributes().keySet())
        .containsExactly("zeta", "name", "alpha");
    assertThat(PET.primaryId()).isEqualTo("petid");
    assertThat(PET.attribute("breed")).isEqualTo(text("breed"));
    assertThat(PET.attribute("Breed")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Pet", "1pet", "_pet", "pet-name", "pet name", "pét", "pet\n", "entitytype"})
  void a_name_that_is_no_logical_name_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntityType.of(name, "pets", "Pet", "name", text("name")));
  }

  @Test
  void names_have_at_most_100_characters() {
    assertThat(text("a".repeat(100)).name()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> text("a".repeat(101)));
  }

  @Test
  void a_definition_that_contradicts_itself_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> pet(text("breed")));
    assertThatIllegalArgumentException().isThrownBy(() -> pet(text("name"), text("name")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PET.with(Policies.DEFAULT.mergingTogether("name", "colour")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policies(false, true, List.of(), true, true));
  }

  @Test
  void a_type_has_at_most_1_000_attributes() {
    var most = IntStream.range(1, 1_000).mapToObj(i -> text("a" + i)).toList();
    var all = new ArrayList<>(most);
    all.add(text("name"));
    pet(all.toArray(Attribute[]::new));
    all.add(text("more"));

    assertThatIllegalArgumentException().isThrownBy(() -> pet(all.toArray(Attribute[]::new)));
  }

  @Test
  void the_bounds_of_attributes_are_checked() {
    for (int wrong : new int[] {0, -1, 4_001}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new AttributeType.Text(wrong));
    }
    for (int wrong : new int[] {0, 1_048_577}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new AttributeType.Memo(wrong));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new AttributeType.WholeNumber(1, 0));
    for (int wrong : new int[] {-1, 11}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AttributeType.Decimal(BigDecimal.ZERO, BigDecimal.TEN, wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttributeType.Money(BigDecimal.ZERO, BigDecimal.TEN, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new AttributeType.Lookup(Set.of()));
  }

  @Test
  void types_are_the_same_however_their_numbers_are_written() {
    var plain = new AttributeType.Decimal(BigDecimal.ZERO, new BigDecimal("100000"), 2);
    var short_ = new AttributeType.Decimal(new BigDecimal("0.00"), new BigDecimal("1E+5"), 2);

    assertThat(plain).isEqualTo(short_);
    assertThat(new AttributeType.Money(BigDecimal.ZERO, new BigDecimal("1.50"), 2))
        .isEqualTo(new AttributeType.Money(new BigDecimal("0E+3"), new BigDecimal("1.5"), 2));
    assertThat(new AttributeType.Choice(Map.of(1, "a", 2, "b")))
        .isEqualTo(new AttributeType.Choice(Map.of(2, "b", 1, "a")));
  }

  @Test
  void every_type_has_a_stream_of_its_own() {
    assertThat(EntityType.stream("pet")).isEqualTo(EntityType.stream("pet"));
    assertThat(EntityType.stream("pet")).isNotEqualTo(EntityType.stream("pets"));
    assertThat(EntityType.stream("pet").entityType()).isEqualTo(EntityType.STREAM);
    // In the log for ever.
    assertThat(EntityType.stream("contact"))
        .hasToString("entitytype/79643ee7-f686-3a0b-b4e7-b9493a99faf3");
  }

  private static EntityType pet(Attribute... attributes) {
    return EntityType.of("pet", "pets", "Pet", "name", attributes);
  }

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(100));
  }
}
