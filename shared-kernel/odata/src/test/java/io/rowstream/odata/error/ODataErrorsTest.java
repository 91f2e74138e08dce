package io.rowstream.odata.error;

import static io.rowstream.odata.Examples.ADA;
import static io.rowstream.odata.Examples.BEA;
import static io.rowstream.odata.Examples.COLUMNS;
import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.MODIFIED;
import static io.rowstream.odata.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.ConflictingAttribute;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.header.ETag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ODataErrorsTest {
  private static final RecordRef ACCOUNT = new RecordRef("account", ID);

  private final ODataErrors errors =
      new ODataErrors(
          id -> id.equals(BEA) ? "Bea Buyer" : null,
          entityType -> entityType.equals("account") ? COLUMNS : null);

  private static String body(ODataError error) {
    return new String(error.body(), StandardCharsets.UTF_8);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            new Refusal.VersionNotProvided(ACCOUNT, true),
            428,
            "0x80060883",
            "The RowVersion property must be provided when the value of ConcurrencyBehavior is"
                + " IfVersionMatches."),
        Arguments.of(
            new Refusal.VersionNotProvided(ACCOUNT, false),
            400,
            "0x80060883",
            "The RowVersion property must be provided when the value of ConcurrencyBehavior is"
                + " IfVersionMatches."),
        Arguments.of(
            new Refusal.OptimisticConcurrencyNotEnabled("account"),
            400,
            "0x8006088D",
            "Optimistic concurrency isn't enabled for entity type account. The IfVersionMatches"
                + " value of ConcurrencyBehavior can only be used if optimistic concurrency is"
                + " enabled."),
        Arguments.of(
            new Refusal.DuplicateRecord(ACCOUNT),
            412,
            "0x80040237",
            "A record with matching key values already exists."),
        Arguments.of(
            new Refusal.RecordNotFound(ACCOUNT),
            404,
            "0x80040217",
            "account With Id = " + ID + " Does Not Exist"),
        Arguments.of(
            new Refusal.EntityTypeNotFound("leads"),
            404,
            "0x80040217",
            "Resource not found for the segment 'leads'."),
        Arguments.of(
            new Refusal.InvalidValue("account", "nmae", "there is no such attribute"),
            400,
            "0x80048d19",
            "Error identified in Payload provided by the user for Entity :'account', attribute"
                + " 'nmae': there is no such attribute."),
        Arguments.of(
            new Refusal.TextTooLong("task", "subject", 200),
            400,
            "0x80044331",
            "A validation error occurred.  The length of the 'subject' attribute of the 'task'"
                + " entity exceeded the maximum allowed length of '200'."),
        Arguments.of(
            new Refusal.InvalidDefinition("widget", "it has no primary name"),
            400,
            "0x80048d19",
            "Entity type 'widget' is not valid: it has no primary name."),
        Arguments.of(
            new Refusal.EntityTypeInUse("widget", "a record of it is there"),
            400,
            "0x8004f01f",
            "The Entity(widget) component cannot be deleted because it is used: a record of it is"
                + " there."),
        Arguments.of(
            new Refusal.OfOptionSet.Exists("Size"),
            412,
            "0x80040237",
            "There is a global option set 'Size' already."),
        Arguments.of(
            new Refusal.OfOptionSet.NotThere("Size"),
            404,
            "0x80040217",
            "There is no global option set 'Size'."),
        Arguments.of(
            new Refusal.OfOptionSet.InUse("Size", "pet", "coat"),
            400,
            "0x8004f01f",
            "The OptionSet("
                + OptionSet.stream("size").id()
                + ") component cannot be deleted because it is referenced by the attribute 'coat'"
                + " of entity type 'pet'."),
        Arguments.of(
            new Refusal.OfOptionSet.Invalid("Size", "there is no option 5"),
            400,
            "0x80048d19",
            "The global option set 'Size' cannot become so: there is no option 5."),
        Arguments.of(
            new Refusal.CommandIdReused("k1"),
            422,
            "0x80040203",
            "Command id 'k1' was used for another command."),
        Arguments.of(
            new Refusal.TooBusy("the append queue is full"),
            503,
            "0x80072322",
            "The service is too busy: the append queue is full. Nothing was done."));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void every_refusal_has_its_status_code_and_words(
      Refusal refusal, int status, String code, String message) {
    var error = errors.of(refusal);

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.message()).isEqualTo(message);
    assertThat(body(error))
        .isEqualTo("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
  }

  @Test
  void a_mismatch_carries_everything_a_merge_screen_needs() {
    var refusal =
        new Refusal.VersionMismatch(
            ACCOUNT,
            4,
            6,
            false,
            List.of(
                attribute("name", Value.text("a"), Value.text("b"), Value.text("c"), true),
                attribute(
                    "revenue",
                    Value.empty(),
                    new Value.Decimal(new BigDecimal("1E+3")),
                    null,
                    false),
                attribute(
                    "customerid",
                    new Value.Lookup(new RecordRef("contact", OTHER)),
                    new Value.DateTime(MODIFIED),
                    Value.empty(),
                    true)));

    var error = errors.of(refusal);

    assertThat(error.status()).isEqualTo(412);
    assertThat(error.retryAfterSeconds()).isEqualTo(OptionalInt.empty());
    String by =
        "\"rowVersion\":6,\"modifiedBy\":{\"id\":\""
            + BEA
            + "\",\"fullname\":\"Bea Buyer\"},\"modifiedOn\":\"2026-11-22T11:30:01.999999Z\",";
    assertThat(body(error))
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80060882\",\"message\":\"The version of the existing record"
                + " doesn't match the RowVersion property provided.\",\"@rowstream.conflict\":{"
                + "\"recordId\":\""
                + ID
                + "\",\"expectedVersion\":4,\"currentVersion\":6,\"mergeable\":false,"
                + "\"attributes\":[{\"name\":\"name\",\"base\":\"a\",\"theirs\":\"b\","
                + "\"mine\":\"c\","
                + by
                + "\"clash\":true},{\"name\":\"revenue\",\"base\":null,\"theirs\":1000,"
                + by
                + "\"clash\":false},{\"name\":\"_customerid_value\",\"base\":\""
                + OTHER
                + "\",\"base@Microsoft.Dynamics.CRM.lookuplogicalname\":\"contact\","
                + "\"theirs\":\"2026-11-22T11:30:01.999999Z\",\"mine\":null,"
                + by
                + "\"clash\":true}]}}}");
  }

  private static ConflictingAttribute attribute(
      String name, Value base, Value theirs, @Nullable Value mine, boolean clash) {
    return new ConflictingAttribute(name, base, theirs, mine, 6, BEA, MODIFIED, clash);
  }

  @Test
  void an_etag_that_names_no_version_is_told_as_no_expected_version() {
    var mismatch =
        new Refusal.VersionMismatch(new RecordRef("gone", ID), ETag.NEVER, 6, false, List.of());

    assertThat(body(errors.of(mismatch)))
        .contains("\"expectedVersion\":null,\"currentVersion\":6")
        .contains("\"attributes\":[]");
  }

  @Test
  void a_deleted_record_is_not_found_and_says_who_ended_it() {
    var error = errors.of(new Refusal.RecordIsDeleted(ACCOUNT, 7, ADA, MODIFIED));

    assertThat(error.status()).isEqualTo(404);
    assertThat(body(error))
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80040217\",\"message\":\"account With Id = "
                + ID
                + " Does Not Exist\",\"@rowstream.deleted\":{\"recordId\":\""
                + ID
                + "\",\"rowVersion\":7,\"deletedBy\":{\"id\":\""
                + ADA
                + "\",\"fullname\":null},\"deletedOn\":\"2026-11-22T11:30:01.999999Z\"}}}");
  }

  @Test
  void a_refused_member_answers_for_its_change_set() {
    var error =
        errors.of(
            new Refusal.MemberRefused(3, new Refusal.RecordIsDeleted(ACCOUNT, 7, BEA, MODIFIED)));

    assertThat(error.status()).isEqualTo(404);
    assertThat(body(error)).contains("@rowstream.deleted").endsWith("\"@rowstream.member\":3}}");
  }

  @Test
  void who_is_turned_away_is_told_when_to_come_again() {
    assertThat(errors.of(new Refusal.TooBusy("x")).retryAfterSeconds()).hasValue(1);
    assertThat(
            errors.of(new Refusal.MemberRefused(0, new Refusal.TooBusy("x"))).retryAfterSeconds())
        .hasValue(1);
    assertThat(ODataError.of(429, ErrorCode.TOO_BUSY, "x").retryAfter(9).retryAfterSeconds())
        .hasValue(9);
  }

  @Test
  void input_is_repeated_shortly_and_printably() {
    String hostile = "\uD800\u0000\u001B<script>" + "x".repeat(100_000);
    for (Refusal refusal :
        List.of(
            new Refusal.InvalidValue("account", hostile, "there is no such attribute"),
            new Refusal.EntityTypeNotFound(hostile),
            new Refusal.CommandIdReused(hostile),
            new Refusal.TextTooLong("account", hostile, 5))) {
      var error = errors.of(refusal);

      assertThat(body(error)).hasSizeLessThan(500).contains("'???<script>");
      assertThat(error.message().chars().filter(c -> c == 'x').count()).isLessThan(100);
    }
    assertThat(body(errors.of(new Refusal.InvalidValue("account", "name", hostile))))
        .hasSizeLessThan(500);
  }

  @Test
  void a_bad_request_and_a_failure_have_json_bodies_too() {
    assertThat(body(ODataError.of(BadRequest.query("$skip is not supported."))))
        .isEqualTo("{\"error\":{\"code\":\"0x80060888\",\"message\":\"$skip is not supported.\"}}");
    assertThat(ODataError.of(BadRequest.payload("x")).status()).isEqualTo(400);
    assertThat(body(ODataError.unexpected()))
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80040216\",\"message\":\"An unexpected error occurred.\"}}");
    assertThat(ODataError.unexpected().status()).isEqualTo(500);
  }

  @Test
  void codes_are_the_signed_numbers_sdks_know() {
    assertThat(ErrorCode.CONCURRENCY_VERSION_MISMATCH.number()).isEqualTo(-2147088254);
    assertThat(ErrorCode.CONCURRENCY_VERSION_NOT_PROVIDED.number()).isEqualTo(-2147088253);
    assertThat(ErrorCode.OPTIMISTIC_CONCURRENCY_NOT_ENABLED.number()).isEqualTo(-2147088243);
    assertThat(ErrorCode.DUPLICATE_RECORD.number()).isEqualTo(-2147220937);
    assertThat(ErrorCode.DUPLICATE_RECORD_ENTITY_KEY.number()).isEqualTo(-2147088238);
    assertThat(ErrorCode.RECORD_NOT_FOUND_BY_ENTITY_KEY.number()).isEqualTo(-2147088239);
    assertThat(ErrorCode.OBJECT_DOES_NOT_EXIST.number()).isEqualTo(-2147220969);
    assertThat(ErrorCode.BAD_QUERY.number()).isEqualTo(-2147088248);
    assertThat(ErrorCode.BAD_PAYLOAD.number()).isEqualTo(-2147185383);
    assertThat(ErrorCode.TEXT_TOO_LONG.number()).isEqualTo(-2147204303);
    assertThat(ErrorCode.CHANGE_TRACKING_NOT_ENABLED.number()).isEqualTo(-2147015535);
    assertThat(ErrorCode.TOO_BUSY.number()).isEqualTo(-2147015902);
    var seen = new HashSet<Integer>();
    assertThat(ErrorCode.values()).allMatch(code -> seen.add(code.number()));
  }
}
