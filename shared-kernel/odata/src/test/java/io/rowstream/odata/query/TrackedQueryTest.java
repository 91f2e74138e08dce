package io.rowstream.odata.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rowstream.language.entity.Policies;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Examples;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.url.QueryOptions;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedQueryTest {

  private static TrackedQuery query(String options) {
    return TrackedQuery.of(Examples.COLUMNS, Examples.CONTEXT, QueryOptions.parse(options));
  }

  @Test
  void queries_for_different_records_or_columns_have_different_digests() {
    var digests = new HashSet<Long>();
    var different =
        List.of(
            "",
            "$select=name",
            "$select=name,rate",
            "$filter=name%20eq%20'a'",
            "$filter=name%20eq%20'b'",
            "$filter=name%20eq%20'a'&$select=name");

    different.forEach(options -> digests.add(query(options).digest()));

    assertThat(digests).hasSameSizeAs(different);
    var contacts = new Columns(Examples.CONTACT);
    assertThat(TrackedQuery.of(contacts, Examples.CONTEXT, QueryOptions.NONE).digest())
        .isNotIn(digests);
  }

  @Test
  void the_same_query_has_one_digest_however_it_is_written_and_whatever_page_it_is_of() {
    long digest = query("$select=name,rate&$filter=name%20eq%20'a'").digest();

    assertThat(query("$filter=name%20%20eq%20%27a%27&%24select=rate,name").digest())
        .isEqualTo(digest);
    assertThat(query("$select=name,rate&$filter=name eq 'a'&$deltatoken=x&$skiptoken=y").digest())
        .isEqualTo(digest);
  }

  @Test
  void a_digest_stays_the_same_for_ever() {
    assertThat(query("$select=name&$filter=name%20eq%20'a'").digest())
        .isEqualTo(1118339628498000865L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$filter=primarycontactid/fullname%20eq%20'a'",
        "$filter=name%20eq%20'a'%20or%20not%20(primarycontactid/fullname%20in%20('a'))",
        "$filter=contains(primarycontactid/fullname,'a')",
        "$filter=contact_customer_accounts/any()",
      })
  void a_filter_that_looks_at_other_records_is_refused(String options) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> query(options))
        .withMessageContaining("properties of the records themselves");
  }

  @Test
  void an_entity_type_without_change_tracking_is_refused() {
    var columns = new Columns(Examples.ACCOUNT.with(Policies.DEFAULT.withoutChangeTracking()));

    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> TrackedQuery.of(columns, Examples.CONTEXT, QueryOptions.NONE))
        .satisfies(
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CHANGE_TRACKING_NOT_ENABLED));
  }
}
