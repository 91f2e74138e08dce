package io.rowstream.standalone;

import static io.rowstream.standalone.Batches.changeSet;
import static io.rowstream.standalone.Batches.patch;
import static io.rowstream.standalone.Batches.post;
import static io.rowstream.standalone.Batches.request;
import static io.rowstream.standalone.Batches.single;
import static io.rowstream.standalone.RunningService.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a batch does, over HTTP, with both sides and PostgreSQL behind it.
class BatchIT {
  private static final String BEA = "22222222-2222-4222-8222-222222222222";

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void the_batch_of_dynamics_web_api_creates_and_then_reads() throws Exception {
    String name = "Batch " + UUID.randomUUID();
    String body =
        """

        --dwa_batch_1
        Content-Type: multipart/mixed;boundary=changeset_2

        --changeset_2
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID: 1

        POST ROOTaccounts HTTP/1.1
        Content-Type: application/json

        {"name":"NAME"}

        --changeset_2
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID: 100001

        POST ROOTcontacts HTTP/1.1
        Content-Type: application/json

        {"fullname":"Nancy"}

        --changeset_2--

        --dwa_batch_1
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        GET ROOTaccounts?$select=name&$filter=name eq 'NAME'&$top=1 HTTP/1.1
        Accept: application/json

        --dwa_batch_1--
        """
            .replace("ROOT", service.root())
            .replace("NAME", name);

    var answer =
        service.send(
            "POST", "$batch", body, "Content-Type", "multipart/mixed;boundary=dwa_batch_1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(statuses(answer)).containsExactly(204, 204, 200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .matches("multipart/mixed; ?boundary=batchresponse_[0-9a-f-]{36}");
    assertThat(answer.body())
        .startsWith("--batchresponse_")
        .containsPattern("boundary=changesetresponse_[0-9a-f-]{36}\r\n")
        .contains("Content-ID: 1\r\n\r\nHTTP/1.1 204 No Content\r\n")
        .contains("Content-ID: 100001\r\n\r\nHTTP/1.1 204 No Content\r\n")
        .containsPattern("OData-EntityId: " + service.root() + "accounts\\([0-9a-f-]{36}\\)\r\n")
        .containsPattern("Location: " + service.root() + "contacts\\([0-9a-f-]{36}\\)\r\n")
        .contains("\"name\":\"" + name + "\"")
        .doesNotContainPattern("[^\r]\n");
  }

  @Test
  void the_batch_of_olingo_is_carried_out() throws Exception {
    String body =
        """
        --batch_1
        Content-Type: multipart/mixed; boundary=changeset_2

        --changeset_2
        Content-Type: application/http
        Content-Transfer-Encoding: binary
        Content-ID:1

        POST /api/data/v9.2/contacts HTTP/1.1
        Accept: application/json;odata.metadata=full
        Content-Type: application/json;odata.metadata=full
        Content-ID:1

        {"@odata.type":"#Microsoft.Dynamics.CRM.contact","fullname@odata.type":"String","fullname":"O"}
        --changeset_2--
        --batch_1
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        GET contacts?%24top=1 HTTP/1.1
        Accept: application/json


        --batch_1--
        """
            .replace("\n", "\r\n");

    var answer =
        service.send(
            "POST",
            "$batch",
            body,
            "Content-Type",
            "multipart/mixed;boundary=\"batch_1\"",
            "Accept",
            "multipart/mixed");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(statuses(answer)).containsExactly(204, 200);
  }

  @Test
  void the_first_failure_ends_a_batch_with_its_status() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\"}");

    var answer =
        service.batch(
            Batches.of(
                single(patch(contact, "{\"jobtitle\":\"CTO\"}")),
                single("GET contacts(" + UUID.randomUUID() + ") HTTP/1.1\n"),
                single(patch(contact, "{\"jobtitle\":\"CEO\"}"))));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("multipart/mixed");
    assertThat(statuses(answer)).containsExactly(204, 404);
    assertThat(service.get(contact).body()).contains("CTO");
  }

  @Test
  void a_batch_goes_on_when_asked_to() throws Exception {
    String contact = service.contact("{\"fullname\":\"Nancy\"}");

    var answer =
        service.batch(
            Batches.of(
                single(request("DELETE nosuch(" + UUID.randomUUID() + ")", "")),
                changeSet(patch(contact, "{}", "If-Match: W/\"9\"")),
                single("GET /api/watch HTTP/1.1\n"),
                single(request("POST $batch", "")),
                single(request("PATCH contacts", "{}")),
                single(patch(contact, "{\"jobtitle\":\"CEO\"}"))),
            "Prefer",
            "odata.continue-on-error");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Preference-Applied"))
        .contains("odata.continue-on-error");
    assertThat(statuses(answer)).containsExactly(404, 412, 400, 400, 405, 204);
    assertThat(service.get(contact).body()).contains("CEO");
  }

  @Test
  void members_refer_to_what_earlier_ones_write() throws Exception {
    var answer =
        service.batch(
            Batches.of(
                changeSet(
                    post("contacts", "{\"fullname\":\"Nancy\",\"description\":\"$9\"}"),
                    post("accounts", "{\"name\":\"A\",\"primarycontactid@odata.bind\":\"$1\"}"),
                    patch("$1", "{\"firstname\":\"N\"}", "If-Match: *"),
                    request("PUT /$1/lastname", "{\"value\":\"Davolio\"}"),
                    post("contacts", "{\"fullname\":\"Short\"}"),
                    request("DELETE " + service.root() + "$5", "")),
                single("GET $1?$select=firstname,lastname,description HTTP/1.1\n"),
                single(patch("$2", "{\"primarycontactid@odata.bind\":\"$1\"}")),
                changeSet(patch("$2", "{\"name\":\"B\"}", "If-Match: W/\"0\"")),
                single(patch("$1", "{\"telephone1\":\"555\"}", "If-Match: W/\"1\"")),
                single("GET $1 HTTP/1.1\n"),
                single("GET $2/name/$value HTTP/1.1\n")));

    assertThat(statuses(answer))
        .as(answer.body())
        .containsExactly(204, 204, 204, 204, 204, 204, 200, 204, 204, 204, 200, 200);
    assertThat(answer.body())
        .contains("\"firstname\":\"N\",\"lastname\":\"Davolio\",\"description\":\"$9\"")
        .contains("\"telephone1\":\"555\"")
        .contains("Content-Type: text/plain")
        .contains("\r\n\r\nB\r\n");
  }

  @Test
  void a_reference_to_nothing_is_refused() throws Exception {
    String url = "Content-ID Reference: '$2' does not exist in the batch context.";
    var inUrl =
        service.batch(
            Batches.of(changeSet(patch("$2", "{}"), post("contacts", "{\"fullname\":\"X\"}"))));
    var inBody =
        service.batch(
            Batches.of(changeSet(post("accounts", "{\"primarycontactid@odata.bind\":\"$2\"}"))));
    var ofFailed =
        service.batch(
            Batches.of(
                changeSet(post("contacts", "{}"), patch(BEA, "{}")), single("GET $1 HTTP/1.1\n")),
            "Prefer",
            "odata.continue-on-error");
    var alone = service.send("POST", "accounts", "{\"primarycontactid@odata.bind\":\"$1\"}");

    assertThat(inUrl.statusCode()).isEqualTo(400);
    assertThat(inUrl.body()).contains("0x80060888").contains(url).contains("Content-ID: 1\r\n");
    assertThat(inBody.statusCode()).isEqualTo(400);
    assertThat(inBody.body()).contains(url);
    assertThat(statuses(ofFailed)).containsExactly(400, 400);
    assertThat(alone.statusCode()).isEqualTo(400);
  }

  @Test
  void headers_of_the_batch_hold_for_requests_that_have_none_of_their_own() throws Exception {
    String first = service.contact("{\"fullname\":\"Nancy\"}");
    String second = service.contact("{\"fullname\":\"Nancy\"}");

    var answer =
        service.batch(
            Batches.of(
                changeSet(patch(first, "{\"jobtitle\":\"CTO\"}")),
                single(patch(second, "{\"jobtitle\":\"CTO\"}", "Prefer: return=minimal")),
                single("GET WhoAmI HTTP/1.1\n")),
            "MSCRMCallerID",
            BEA,
            "Prefer",
            "return=representation",
            "If-Match",
            "W/\"77\"");

    assertThat(statuses(answer)).containsExactly(200, 204, 200);
    assertThat(answer.body()).contains("\"UserId\":\"" + BEA + "\"");
    assertThat(service.get(first + "/rowstream.history").body()).contains("Bea Buyer");
    assertThat(service.get(second + "/rowstream.history").body()).contains("Bea Buyer");
  }
}
