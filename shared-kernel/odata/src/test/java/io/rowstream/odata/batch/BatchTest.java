package io.rowstream.odata.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.batch.Batch.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final String GET_PART =
      """
      --b
      Content-Type: application/http

      GET accounts HTTP/1.1

      """;

  @Test
  void what_dynamics_web_api_sends_is_understood() {
    var batch =
        parse(
            "multipart/mixed;boundary=dwa_batch_1",
            """

            --dwa_batch_1
            Content-Type: multipart/mixed;boundary=changeset_2

            --changeset_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            POST http://h/api/data/v9.2/accounts HTTP/1.1
            Content-Type: application/json

            {"name":"Batch"}

            --changeset_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 100001

            PATCH $1 HTTP/1.1
            If-Match: *

            {"name":"Changed"}

            --changeset_2--

            --dwa_batch_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET http://h/api/data/v9.2/accounts?$select=name&$top=1 HTTP/1.1
            Accept: application/json

            --dwa_batch_1--
            """);

    assertThat(batch.steps()).hasSize(2);
    List<PartRequest> members = members(batch, 0);
    assertThat(members).extracting(PartRequest::method).containsExactly("POST", "PATCH");
    assertThat(members).extracting(PartRequest::contentId).containsExactly("1", "100001");
    assertThat(members.getFirst().url()).isEqualTo("http://h/api/data/v9.2/accounts");
    assertThat(body(members.getFirst())).isEqualTo("{\"name\":\"Batch\"}");
    assertThat(members.getFirst().headers())
        .containsExactly(new Header("Content-Type", "application/json"));
    assertThat(members.getLast().header("if-match")).isEqualTo("*");
    PartRequest read = single(batch, 1);
    assertThat(read.url()).isEqualTo("http://h/api/data/v9.2/accounts?$select=name&$top=1");
    assertThat(read.body()).isEmpty();
    assertThat(read.isRead()).isTrue();
  }

  @Test
  void what_olingo_sends_is_understood() {
    var batch =
        parse(
            "multipart/mixed; boundary=\"batch 1\"",
            """
            --batch 1
            Content-Type:multipart/mixed; boundary=changeset_2

            --changeset_2
            Content-Type:application/http; msgtype=request
            Content-Transfer-Encoding:binary
            Content-ID:1

            POST /api/data/v9.2/accounts HTTP/1.1
            Content-ID:1
            Content-Length: 16

            {"name":"Batch"}
            --changeset_2--
            --batch 1--
            """
                .replace("\n", "\r\n"));

    PartRequest member = members(batch, 0).getFirst();
    assertThat(member.contentId()).isEqualTo("1");
    assertThat(body(member)).isEqualTo("{\"name\":\"Batch\"}");
  }

  @Test
  void a_content_id_among_the_inner_headers_counts() {
    var batch =
        parse(
            """
            --b
            Content-Type: application/http

            POST accounts HTTP/1.1
            content-id:7

            {}
            --b--
            """);

    assertThat(single(batch, 0).contentId()).isEqualTo("7");
  }

  @Test
  void what_stands_before_the_first_and_behind_the_last_boundary_is_passed_over() {
    var batch = parse("This is\n --b no boundary\n--bb\n" + GET_PART + "--b-- \nepilogue --b\n");

    assertThat(batch.steps()).hasSize(1);
  }

  @Test
  void a_boundary_that_starts_another_one_does_not_end_its_parts() {
    var batch =
        parse(
            """
            --b
            Content-Type: application/http

            POST accounts HTTP/1.1

            {
            --b2
            }
            --b--
            """);

    assertThat(body(single(batch, 0))).isEqualTo("{\n--b2\n}");
  }

  @Test
  void octets_of_a_body_stay_as_they_are() {
    var batch =
        parse(
            """
            --b
            Content-Type: application/http

            POST accounts HTTP/1.1

            {"name":"é\t\u0000"}
            --b--\
            """);

    assertThat(body(single(batch, 0))).isEqualTo("{\"name\":\"é\t\u0000\"}");
  }

  @Test
  void a_url_may_hold_blanks_and_quotes() {
    var batch =
        parse(
            """
            --b
            Content-Type: application/http

            GET accounts?$filter=name eq 'a "b" {c}' HTTP/1.1
            --b--
            """);

    assertThat(single(batch, 0).url()).isEqualTo("accounts?$filter=name eq 'a \"b\" {c}'");
  }

  @Test
  void a_thousand_requests_are_taken_and_one_more_is_refused() {
    assertThat(parse(GET_PART.repeat(1_000) + "--b--").steps()).hasSize(1_000);
    assertRefused(GET_PART.repeat(1_001) + "--b--", "at most 1000 requests");
    String member = GET_PART.replace("--b", "--c").replace("GET", "DELETE");
    String changeSet =
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n" + member.repeat(600) + "--c--\n";
    assertRefused(changeSet.repeat(2) + "--b--", "at most 1000 requests");
  }

  @Test
  void every_bound_refuses_what_is_beyond_it() {
    assertThat(parse(withHeader("x: " + "y".repeat(Batch.HEADER_LENGTH_MAX - 3))).steps())
        .hasSize(1);
    assertRefused(withHeader("x: " + "y".repeat(Batch.HEADER_LENGTH_MAX - 2)), "longer than 16384");
    assertThat(parse(withHeader("x: y\n".repeat(63) + "x: y")).steps()).hasSize(1);
    assertRefused(withHeader("x: y\n".repeat(64) + "x: y"), "more than 64 header lines");
    String url = "a".repeat(Batch.URL_LENGTH_MAX);
    assertThat(single(parse(GET_PART.replace("accounts", url) + "--b--"), 0).url()).isEqualTo(url);
    assertRefused(GET_PART.replace("accounts", url + "a") + "--b--", "a URL has 1 to 65536 octets");
    assertRefused(GET_PART.replace("accounts", url + url) + "--b--", "a line is longer");
    assertRefused(withHeader("Content-ID: " + "1".repeat(101)), "is no Content-ID");
    String boundary = "b".repeat(70);
    assertThat(
            parse(
                    "multipart/mixed; boundary=" + boundary,
                    GET_PART.replace("--b", "--" + boundary) + "--" + boundary + "--")
                .steps())
        .hasSize(1);
    assertRefused("multipart/mixed; boundary=b" + boundary, GET_PART, "1 to 70 characters");
  }

  @Test
  void a_refusal_says_where() {
    assertRefused(GET_PART + "--b\n\n--b--", "in part 2: it has no Content-Type");
    assertRefused(
        changeSet("GET accounts HTTP/1.1"), "in part 1, request 1: a change set holds no GET");
    assertRefused(
        changeSet("POST accounts HTTP/1.1").replace("application/http", "multipart/mixed"),
        "in part 1, request 1: the Content-Type of a request is application/http");
  }

  @Test
  void what_is_no_batch_is_refused() {
    assertRefused(GET_PART, "not closed by its boundary");
    assertRefused("", "no line in it is its boundary");
    assertRefused("--b--", "it holds no request");
    assertRefused("--b\n\n--b--", "it has no Content-Type");
    assertRefused("--b\nContent-Type: text/plain\n\nx\n--b--", "not 'text/plain'");
    assertRefused("--b\nContent-Type application/http\n\nx\n--b--", "is not a header line");
    assertRefused(withHeader(" folded: x"), "is not a header line");
    assertRefused(withHeader("x: a\rb"), "control character");
    assertRefused(GET_PART.replace("HTTP/1.1", "HTTP/2") + "--b--", "is not METHOD URL HTTP/1.1");
    assertRefused(GET_PART.replace("GET", "TRACE") + "--b--", "method 'TRACE' is not supported");
    assertRefused(GET_PART.replace("accounts ", "") + "--b--", "is not METHOD URL HTTP/1.1");
    assertRefused(withHeader("Content-Length: 5"), "Content-Length '5'");
    assertRefused(withHeader("Content-Length: x"), "Content-Length 'x'");
    assertRefused(
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c--\n--b--",
        "the change set holds no request");
    assertRefused("application/json", GET_PART, "not multipart/mixed");
    assertRefused("multipart/mixed", GET_PART, "no boundary");
    assertRefused("multipart/mixed; boundary=\"b", GET_PART, "not closed");
    assertRefused("multipart/mixed; boundary=b\"c", GET_PART, "must not hold");
    assertThatThrownBy(() -> Batch.parse(null, new byte[0])).isInstanceOf(BadRequest.class);
  }

  @Test
  void a_content_id_is_given_once_in_a_change_set() {
    String member =
        "--c\nContent-Type: application/http\nContent-ID: 1\n\nDELETE accounts HTTP/1.1\n\n";

    assertRefused(
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n" + member + member + "--c--\n--b--",
        "Content-ID '1' is given twice");
  }

  private static String withHeader(String line) {
    return GET_PART.replace("HTTP/1.1\n", "HTTP/1.1\n" + line + "\n") + "--b--";
  }

  private static String changeSet(String requestLine) {
    return "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n"
        + "Content-Type: application/http\n\n"
        + requestLine
        + "\n\n--c--\n--b--";
  }

  private static Batch parse(String body) {
    return parse("multipart/mixed; boundary=b", body);
  }

  private static Batch parse(String contentType, String body) {
    return Batch.parse(contentType, body.getBytes(UTF_8));
  }

  private static void assertRefused(String body, String message) {
    assertRefused("multipart/mixed; boundary=b", body, message);
  }

  private static void assertRefused(String contentType, String body, String message) {
    assertThatThrownBy(() -> parse(contentType, body))
        .isInstanceOfSatisfying(
            BadRequest.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_QUERY))
        .hasMessageContaining(message);
  }

  private static PartRequest single(Batch batch, int step) {
    return ((Step.Single) batch.steps().get(step)).request();
  }

  private static List<PartRequest> members(Batch batch, int step) {
    return ((Step.ChangeSet) batch.steps().get(step)).members();
  }

  private static String body(PartRequest request) {
    return new String(request.body(), UTF_8);
  }
}
