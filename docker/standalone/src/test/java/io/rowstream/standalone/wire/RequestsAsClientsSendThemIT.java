package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;
import static io.rowstream.standalone.wire.WireRequest.get;
import static io.rowstream.standalone.wire.WireRequest.head;
import static io.rowstream.standalone.wire.WireRequest.joined;
import static io.rowstream.standalone.wire.WireRequest.octets;
import static io.rowstream.standalone.wire.WireRequest.withBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.web.HttpBounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What real clients send arrives, although Netty, Spring or `java.net.URI` would rather not; and
/// what cannot arrive is refused in JSON.
class RequestsAsClientsSendThemIT {
  private static final String BAD_QUERY = "0x80060888";
  private static final String RAW = "{}\"|^[]<>`\\#";
  private static final String NANCY = ROOT + "contacts(33333333-3333-4333-8333-333333333333)";

  private static WireService service;

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void raw_characters_in_a_query_find_what_holds_them() {
    create("{\"jobtitle\":\"raw {}\\\"|^[]<>`\\\\#\"}");

    var found =
        service.answer(
            get(
                ROOT + "contacts?$select=jobtitle&$filter=jobtitle%20eq%20'raw%20" + RAW + "'",
                atLeastHere()));

    assertThat(found.json("value", 0, "jobtitle")).as(found.text()).isEqualTo("raw " + RAW);
  }

  @Test
  void raw_utf_8_in_a_query_finds_what_holds_it() {
    create("{\"jobtitle\":\"caf\\u00e9 \\u4e2d\"}");

    String raw =
        new String("café%20中".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    var found =
        service.answer(
            get(
                ROOT + "contacts?$select=jobtitle&$filter=jobtitle%20eq%20'" + raw + "'",
                atLeastHere()));

    assertThat(found.json("value", 0, "jobtitle")).as(found.text()).isEqualTo("café 中");
  }

  @Test
  void query_functions_aliases_and_groups_find_what_they_ask_for() {
    create("{\"jobtitle\":\"fn {1}\"}");

    var found =
        service.answer(
            get(
                ROOT
                    + "contacts?$select=jobtitle&$orderby=_parentcustomerid_value,@o"
                    + "&$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)"
                    + "%20and%20Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',"
                    + "PropertyValue=1)"
                    + "%20and%20Microsoft.Dynamics.CRM.EqualUserId(PropertyName='createdby')"
                    + "&@p1='jobtitle'&@p2=[\"FN%20{1}\",'nobody']&@o=jobtitle",
                atLeastHere()));
    assertThat(found.json("value", 0, "jobtitle")).as(found.text()).isEqualTo("fn {1}");

    var groups =
        service.answer(
            get(
                ROOT
                    + "contacts?$apply=filter(jobtitle%20eq%20'fn%20{1}')"
                    + "/groupby((jobtitle),aggregate($count%20as%20n))",
                "Prefer: odata.include-annotations=\"*\""));
    assertThat(groups.text()).contains("\"jobtitle\":\"fn {1}\"", "\"n\":1}");
  }

  @Test
  void raw_characters_in_a_path_reach_the_handlers() {
    for (int i = 0; i < RAW.length(); i++) {
      var answer = service.answer(get(ROOT + "accounts(nosuch='" + RAW.charAt(i) + "')"));

      answer.assertIsRefusal();
      assertThat(answer.text()).doesNotContain("well-formed");
    }
    service.answer(get(ROOT + "no{such}set")).assertRefused(400, BAD_QUERY);
  }

  @Test
  void a_url_has_32_kilobytes_and_not_an_octet_more() {
    String target = ROOT + "contacts?$top=1&tag=";
    String longest = target + "a".repeat(HttpBounds.TARGET_OCTETS_MAX - target.length());

    assertThat(service.answer(get(longest)).status()).isEqualTo(200);
    service.answer(get(longest + "a")).assertRefused(414, BAD_QUERY);
    service.answer(get(longest + "a".repeat(100_000))).assertRefused(414, BAD_QUERY);
    assertThat(service.answer(head("HEAD " + longest + "a HTTP/1.1", "Host: localhost")).status())
        .isEqualTo(414);
  }

  @Test
  void header_fields_have_64_kilobytes_together() {
    String field = "X: " + "a".repeat(HttpBounds.HEADERS_OCTETS_MAX / 2 - 100);

    assertThat(service.answer(get(NANCY, field, field)).status()).isEqualTo(200);
    service.answer(get(NANCY, field, field, field)).assertRefused(431, BAD_QUERY);
  }

  @Test
  void a_body_may_come_in_pieces() {
    byte[] body =
        octets("9\r\n{\"fullnam\r\n7;a=b\r\ne\":\"Chu\r\n4\r\nnk\"}\r\n0\r\nTrailer: x\r\n\r\n");

    var answer =
        service.answer(
            joined(
                head(
                    "POST " + ROOT + "contacts HTTP/1.1",
                    "Host: localhost",
                    "Transfer-Encoding: chunked"),
                body));

    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  @Test
  void a_body_may_wait_to_be_asked_for() {
    try (var connection = new WireConnection(service.port())) {
      connection.send(
          head(
              "POST " + ROOT + "contacts HTTP/1.1",
              "Host: localhost",
              "Expect: 100-continue",
              "Content-Length: 2"));
      assertThat(connection.readInterim().status()).isEqualTo(100);
      connection.send(octets("{}"));

      assertThat(connection.read(false).status()).isEqualTo(204);
    }
  }

  @Test
  void a_client_of_1996_is_answered_and_hung_up_on() {
    try (var connection = new WireConnection(service.port())) {
      connection.send(head("GET " + NANCY + " HTTP/1.0"));

      assertThat(connection.read(false).status()).isEqualTo(200);
      assertThat(connection.hasMore()).isFalse();
    }
  }

  @Test
  void head_is_get_without_the_body() {
    var get = service.answer(get(NANCY));
    var head = service.answer(head("HEAD " + NANCY + " HTTP/1.1", "Host: 127.0.0.1"));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("etag")).isEqualTo(get.field("etag"));
    assertThat(head.field("content-length")).isEqualTo(get.field("content-length"));
  }

  @Test
  void a_refused_head_has_no_body_either() {
    try (var connection = new WireConnection(service.port())) {
      for (String path : List.of("/nowhere", ROOT + "nosuch")) {
        connection.send(head("HEAD " + path + " HTTP/1.1", "Host: localhost"));
        assertThat(connection.read(true).status()).as(path).isEqualTo(404);
      }
      connection.send(get(NANCY));
      assertThat(connection.read(false).status()).isEqualTo(200);
    }
  }

  @Test
  void an_absolute_target_is_answered_for_its_host() {
    var answer =
        service.answer(head("GET http://127.0.0.1:81" + NANCY + " HTTP/1.1", "Host: other"));

    assertThat(answer.json("@odata.context"))
        .asString()
        .startsWith("http://127.0.0.1:81" + ROOT + "$metadata");
  }

  @Test
  void other_methods_are_refused() {
    for (String method : List.of("OPTIONS", "TRACE", "CONNECT", "SEARCH", "get")) {
      var answer = service.answer(head(method + " " + NANCY + " HTTP/1.1", "Host: localhost"));
      answer.assertRefused(405, BAD_QUERY);
      assertThat(answer.field("allow")).contains("PATCH");
    }
    service.answer(head("OPTIONS * HTTP/1.1", "Host: localhost")).assertRefused(404, BAD_QUERY);
    service
        .answer(head("POST /actuator/health HTTP/1.1", "Host: localhost"))
        .assertRefused(405, BAD_QUERY);
    service
        .answer(head("DELETE /api/watch HTTP/1.1", "Host: localhost"))
        .assertRefused(405, BAD_QUERY);
  }

  @Test
  void what_nobody_serves_is_refused_in_json_whatever_the_client_accepts() {
    for (String path :
        List.of(
            "/",
            "/nowhere",
            "/api",
            "/api/data",
            "/api/data/v9.3/x",
            "//api/data/v9.2/contacts",
            "/api//data/v9.2/contacts",
            "/api/watch/",
            "/API/watch",
            "/api/data/../data/v9.2/contacts",
            "/nowhere%00",
            "host:443/x")) {
      var answer = service.answer(get(path, "Accept: text/html,application/xhtml+xml"));
      answer.assertIsRefusal();
      assertThat(answer.status()).as(path).isEqualTo(path.startsWith("/") ? 404 : 400);
    }
  }

  @Test
  void answers_come_in_the_order_of_the_requests_also_when_the_last_one_is_no_http() {
    try (var connection = new WireConnection(service.port())) {
      connection.send(
          joined(
              get(ROOT + "contacts/$count"),
              get(NANCY),
              get(ROOT + "nosuch"),
              octets("what is this\r\n\r\n"),
              get(NANCY)));

      assertThat(connection.read(false).field("content-type")).startsWith("text/plain");
      assertThat(connection.read(false).status()).isEqualTo(200);
      assertThat(connection.read(false).status()).isEqualTo(404);
      connection.read(false).assertRefused(400, BAD_QUERY);
      assertThat(connection.hasMore()).isFalse();
    }
  }

  private static void create(String json) {
    var answer = service.answer(withBody("POST", ROOT + "contacts", json));
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  private static String atLeastHere() {
    return "Rowstream-Min-Position: " + service.position();
  }
}
