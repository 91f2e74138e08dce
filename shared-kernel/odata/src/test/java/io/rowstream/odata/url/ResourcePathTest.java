package io.rowstream.odata.url;

import static io.rowstream.odata.Examples.ID;
import static io.rowstream.odata.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Examples;
import io.rowstream.odata.url.ResourcePath.Definitions.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePathTest {
  private static final Key KEY = new Key.Id(ID);

  @Test
  void the_service_its_metadata_and_batches_have_paths_of_their_own() {
    assertThat(ResourcePath.parse("")).isEqualTo(new ResourcePath.ServiceDocument());
    assertThat(ResourcePath.parse("$metadata")).isEqualTo(new ResourcePath.Metadata());
    assertThat(ResourcePath.parse("%24batch")).isEqualTo(new ResourcePath.Batch());
  }

  @Test
  void a_set_its_count_and_one_of_its_records_are_told_apart() {
    assertThat(ResourcePath.parse("accounts")).isEqualTo(new ResourcePath.RecordSet("accounts"));
    assertThat(ResourcePath.parse("accounts/")).isEqualTo(new ResourcePath.RecordSet("accounts"));
    assertThat(ResourcePath.parse("accounts/$count"))
        .isEqualTo(new ResourcePath.RecordCount("accounts"));
    assertThat(ResourcePath.parse("accounts(" + ID + ")"))
        .isEqualTo(new ResourcePath.SingleRecord("accounts", KEY));
    assertThat(ResourcePath.parse("accounts%28" + ID.toString().toUpperCase(Locale.ROOT) + "%29"))
        .isEqualTo(new ResourcePath.SingleRecord("accounts", KEY));
  }

  @Test
  void what_belongs_to_a_record_is_named_behind_it() {
    String record = "accounts(" + ID + ")";

    assertThat(ResourcePath.parse(record + "/rowstream.history"))
        .isEqualTo(new ResourcePath.RecordHistory("accounts", KEY));
    assertThat(ResourcePath.parse(record + "/rowstream.difference"))
        .isEqualTo(new ResourcePath.RecordDifference("accounts", KEY));
    assertThat(ResourcePath.parse(record + "/rowstream.restore"))
        .isEqualTo(new ResourcePath.RecordRestore("accounts", KEY));
    assertThat(ResourcePath.parse(record + "/Microsoft.Dynamics.CRM.RetrieveAuditDetails"))
        .isEqualTo(new ResourcePath.BoundFunction("accounts", KEY, "RetrieveAuditDetails"));
    assertThat(ResourcePath.parse(record + "/name"))
        .isEqualTo(new ResourcePath.Member("accounts", KEY, "name"));
    assertThat(ResourcePath.parse(record + "/name/$value"))
        .isEqualTo(new ResourcePath.MemberValue("accounts", KEY, "name"));
    assertThat(ResourcePath.parse(record + "/Account_Tasks/$count"))
        .isEqualTo(new ResourcePath.MemberCount("accounts", KEY, "Account_Tasks"));
    assertThat(ResourcePath.parse(record + "/primarycontactid/$ref"))
        .isEqualTo(new ResourcePath.MemberReference("accounts", KEY, "primarycontactid"));
    assertThat(ResourcePath.parse(record + "/Account_Tasks(" + OTHER + ")"))
        .isEqualTo(
            new ResourcePath.MemberItem("accounts", KEY, "Account_Tasks", new Key.Id(OTHER)));
    assertThat(ResourcePath.parse(record + "/Account_Tasks(" + OTHER + ")/$ref"))
        .isEqualTo(
            new ResourcePath.MemberItemReference(
                "accounts", KEY, "Account_Tasks", new Key.Id(OTHER)));
  }

  @Test
  void the_primary_key_may_go_by_its_name() {
    Key key = key("accounts(accountid=" + ID + ")");

    assertThat(key.idOr("accountid")).isEqualTo(ID);
    assertThat(key.idOr("contactid")).isNull();
    assertThat(KEY.idOr("accountid")).isEqualTo(ID);
  }

  @Test
  void alternate_keys_hold_values_of_any_type_with_quotes_doubled() {
    Key key = key("contacts(lastname='O''Neil%2F(x),%C3%A9',_accountid_value=" + ID + ",number=7)");

    var columns = new LinkedHashMap<String, Literal>();
    columns.put("lastname", new Literal.Text("O'Neil/(x),é"));
    columns.put("_accountid_value", new Literal.Guid(ID));
    columns.put("number", new Literal.Whole(7));
    assertThat(key).isEqualTo(new Key.Columns(columns));
    assertThat(key.idOr("lastname")).isNull();
  }

  @Test
  void metadata_has_paths_of_names_casts_and_keys() {
    var account =
        new Key.Columns(new LinkedHashMap<>(Map.of("LogicalName", new Literal.Text("account"))));

    assertThat(ResourcePath.parse("EntityDefinitions(LogicalName='account')/Attributes/a.b.C"))
        .isEqualTo(
            new ResourcePath.Definitions(
                List.of(
                    new Step("EntityDefinitions", account),
                    new Step("Attributes", null),
                    new Step("a.b.C", null))));
  }

  private static Key key(String path) {
    return assertThat(ResourcePath.parse(path))
        .asInstanceOf(type(ResourcePath.SingleRecord.class))
        .actual()
        .key();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/accounts",
        "accounts//$count",
        "accounts/name",
        "accounts/$ref",
        "accounts/$value",
        "accounts/Microsoft.Dynamics.CRM.account",
        "$metadata/x",
        "$entity",
        "$crossjoin(accounts,contacts)",
        "accounts()",
        "accounts(1)",
        "accounts('6f0d8c1e-0001-4000-8000-00000000abcd')",
        "accounts({6f0d8c1e-0001-4000-8000-00000000abcd})",
        "accounts(%7B6f0d8c1e-0001-4000-8000-00000000abcd%7D)",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd))",
        "accounts((6f0d8c1e-0001-4000-8000-00000000abcd))",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)x",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)(x='y')",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/$count",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/$ref",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/name/name",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/name/$ref/$ref",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/name(x='y')/$value",
        "accounts(6f0d8c1e-0001-4000-8000-00000000abcd)/rowstream.secret",
        "accounts(name='x)",
        "accounts(name='x',name='y')",
        "accounts(name=null)",
        "accounts(name=)",
        "accounts(=1)",
        "accounts(name='x',)",
        "accounts(name eq 'x')",
        "accounts(Target=@p1)",
        "..",
        "../accounts",
        "..%2faccounts",
        "accounts..%2f",
        "accounts/..%2f..%2fetc%2fpasswd",
        "accounts%2f$count",
        "accounts%252f",
        "accounts%2528x%2529",
        "accounts;jsessionid=1",
        "accounts%00",
        "accounts%0d%0aX:1",
        "accounts%",
        "accounts%2",
        "accounts%zz",
        "accounts%c0%af",
        "accounts%ff",
        "accounts%ed%a0%80",
        "acco\u00FCnts",
        "acc\u4E2Dounts",
        "accounts?$top=1",
        "accounts#x",
        "1accounts",
        "accounts' OR 1=1 --",
        "accounts('' OR 1=1 --)"
      })
  void what_has_no_meaning_here_is_refused(String path) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> ResourcePath.parse(path))
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_QUERY);
          assertThat(refusal.message()).isNotEmpty();
        });
  }

  @Test
  void paths_names_and_keys_are_bounded_and_little_of_them_is_repeated() {
    String tooLong = "a".repeat(ResourcePath.LENGTH_MAX + 1);
    String longName = "a".repeat(Lexer.NAME_LENGTH_MAX + 1);
    var wideKey = new StringBuilder("accounts(c0=1");
    for (int i = 1; i <= Key.COLUMNS_MAX; i++) {
      wideKey.append(",c").append(i).append("=1");
    }
    String deep = "accounts(" + ID + ")" + "/x".repeat(10_000);
    String parentheses = "accounts" + "(".repeat(3_000) + ")".repeat(3_000);
    for (String path :
        new String[] {tooLong, longName, wideKey.append(")").toString(), deep, parentheses}) {
      assertThatExceptionOfType(BadRequest.class)
          .isThrownBy(() -> ResourcePath.parse(path))
          .satisfies(refusal -> assertThat(refusal.message()).hasSizeLessThan(250));
    }
  }

  @Test
  void the_service_root_is_found_for_the_versions_clients_ask_for() {
    assertThat(ServiceRoot.afterRoot("/api/data/v9.2/accounts")).isEqualTo("accounts");
    assertThat(ServiceRoot.afterRoot("/api/data/v9.0/")).isEmpty();
    assertThat(ServiceRoot.afterRoot("/api/data/v9.1")).isEmpty();
    assertThat(ServiceRoot.afterRoot("/api/data/v9.3/accounts")).isNull();
    assertThat(ServiceRoot.afterRoot("/api/data/v9.22/accounts")).isNull();
    assertThat(ServiceRoot.afterRoot("/api/data/v9.")).isNull();
    assertThat(ServiceRoot.afterRoot("/api/watch")).isNull();
    assertThat(ServiceRoot.afterRootOfReference("http://h:1/api/data/v9.2/accounts(1)"))
        .isEqualTo("accounts(1)");
    assertThat(ServiceRoot.afterRootOfReference("/api/data/v9.0/accounts(1)"))
        .isEqualTo("accounts(1)");
    assertThat(ServiceRoot.afterRootOfReference("/accounts(1)")).isEqualTo("accounts(1)");
    assertThat(ServiceRoot.afterRootOfReference("http://h")).isNull();
    assertThat(ServiceRoot.afterRootOfReference("http://h/accounts(1)")).isNull();
  }

  @Test
  void the_service_root_gives_clients_absolute_urls() {
    var root = new ServiceRoot("http://h/api/data/v9.2/");
    var columns = Examples.COLUMNS;
    var name = columns.require("name");

    assertThat(root.ofRecord("accounts", ID))
        .isEqualTo("http://h/api/data/v9.2/accounts(" + ID + ")");
    assertThat(root.contextOfRecord("accounts", java.util.List.of()))
        .isEqualTo("http://h/api/data/v9.2/$metadata#accounts/$entity");
    assertThat(root.contextOfList("accounts", java.util.List.of(name, columns.require("rate"))))
        .isEqualTo("http://h/api/data/v9.2/$metadata#accounts(name,rate)");
    assertThat(root.contextOfProperty("accounts", ID, name))
        .isEqualTo("http://h/api/data/v9.2/$metadata#accounts(" + ID + ")/name");
  }
}
