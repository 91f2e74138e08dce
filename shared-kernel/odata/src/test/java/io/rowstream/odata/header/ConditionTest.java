package io.rowstream.odata.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  private static Condition ifMatch(String... values) {
    return Condition.ifMatch(List.of(values));
  }

  private static Condition versions(long... versions) {
    return new Condition.Versions(Arrays.stream(versions).boxed().toList());
  }

  @Test
  void a_tag_is_the_row_version() {
    assertThat(ETag.of(0)).isEqualTo("W/\"0\"");
    assertThat(ifMatch(ETag.of(5))).isEqualTo(versions(5));
    assertThat(ifMatch("\"5\"")).isEqualTo(versions(5));
    assertThat(ifMatch("  W/\"5\"\t")).isEqualTo(versions(5));
    assertThat(ifMatch("W/\"9223372036854775806\"")).isEqualTo(versions(Long.MAX_VALUE - 1));
  }

  @Test
  void several_tags_match_if_one_does() {
    var condition = ifMatch("W/\"4\", \"5\" ,,W/\"x,y\"", "W/\"7\"");

    assertThat(condition).isEqualTo(versions(4, 5, ETag.NEVER, 7));
    assertThat(condition.matches(4)).isTrue();
    assertThat(condition.matches(7)).isTrue();
    assertThat(condition.matches(6)).isFalse();
  }

  @Test
  void of_several_tags_a_command_gets_the_one_the_record_is_at() {
    var condition = new Condition.Versions(List.of(4L, 7L, 5L));

    assertThat(condition.expectedAt(5)).isEqualTo(5);
    assertThat(condition.expectedAt(6)).isEqualTo(7);
  }

  @Test
  void a_star_means_whatever_the_version_and_no_header_nothing() {
    assertThat(ifMatch(" * ")).isEqualTo(new Condition.Any());
    assertThat(ifMatch("*").matches(3)).isTrue();
    assertThat(ifMatch()).isEqualTo(new Condition.None());
    assertThat(ifMatch().matches(3)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "W/\"\"",
        "W/\"abc\"",
        "W/\"05\"",
        "W/\"-1\"",
        "W/\"+5\"",
        "W/\"5.0\"",
        "W/\"9223372036854775807\"",
        "W/\"9223372036854775808\"",
        "W/\"99999999999999999999\"",
        "W/\"\u00E9\"",
        "\"W/5\"",
        "W/\"0x5\""
      })
  void a_tag_that_is_well_formed_but_no_version_matches_no_record(String tag) {
    var condition = ifMatch(tag);

    assertThat(condition).isEqualTo(versions(ETag.NEVER));
    assertThat(condition.matches(5)).isFalse();
    assertThat(condition.matches(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "W/5",
        "W/",
        "w/\"5\"",
        "W\"5\"",
        "\"5",
        "5\"",
        "W/\"5",
        "W/ \"5\"",
        "W/\"5\"x",
        "W/\"5\" W/\"6\"",
        "*, W/\"5\"",
        "W/\"5\", *",
        "**",
        ",",
        "W/\"a b\"",
        "W/\"\u0001\"",
        "W/\"\u4E2D\"",
        "'5'",
        "null,null"
      })
  void what_is_made_of_no_tags_is_refused(String value) {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> ifMatch(value));
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Condition.ifNoneMatch(List.of(value)));
  }

  @Test
  void a_star_stands_alone_and_tags_are_bounded() {
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> ifMatch("*", "W/\"5\""));
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> ifMatch("W/\"5\",".repeat(Condition.TAGS_MAX + 1)));
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> ifMatch("x".repeat(100_000)))
        .satisfies(refusal -> assertThat(refusal.message()).hasSizeLessThan(200));
  }

  @Test
  void the_word_null_keeps_caches_away_but_guards_no_change() {
    assertThat(Condition.ifNoneMatch(List.of("null"))).isEqualTo(new Condition.None());
    assertThat(Condition.ifNoneMatch(List.of())).isEqualTo(new Condition.None());
    assertThat(Condition.ifNoneMatch(List.of("*"))).isEqualTo(new Condition.Any());
    assertThat(Condition.ifNoneMatch(List.of("null", "W/\"5\""))).isEqualTo(versions(5));
    assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> ifMatch("null"));
  }

  @Test
  void an_empty_if_match_is_a_version_that_was_not_provided() {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> ifMatch(" "))
        .satisfies(refusal ->
            assertThat(refusal.code()).isEqualTo(ErrorCode.CONCURRENCY_VERSION_NOT_PROVIDED));
  }
}
