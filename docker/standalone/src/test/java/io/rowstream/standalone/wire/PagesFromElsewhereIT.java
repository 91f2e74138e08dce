package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;
import static io.rowstream.standalone.wire.WireRequest.head;
import static io.rowstream.standalone.wire.WireRequest.joined;
import static io.rowstream.standalone.wire.WireRequest.octets;
import static io.rowstream.standalone.wire.WireRequest.withBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.WholeLog;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a page on another site can have a browser on this machine send, it sends in vain.
class PagesFromElsewhereIT {
  private static final String NOT_ALLOWED = "0x80040220";
  private static final String EVIL = "Origin: http://evil.example";
  private static final String NANCY = ROOT + "contacts(33333333-3333-4333-8333-333333333333)";
  private static final String CREATE = "{\"fullname\":\"Mallory\"}";

  private static WireService service;

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static int events() {
    return WholeLog.read(service.owner()).size();
  }

  @Test
  void a_change_from_another_origin_is_refused_whatever_it_says_it_is() {
    int before = events();
    String batch =
        "--b\nContent-Type: application/http\n\nDELETE " + NANCY + " HTTP/1.1\n\n\n--b--\n";
    for (byte[] request :
        List.of(
            withBody("POST", ROOT + "contacts", CREATE, EVIL, "Content-Type: text/plain"),
            withBody("POST", ROOT + "contacts", CREATE, "Origin: null"),
            withBody("POST", ROOT + "contacts", CREATE, "Origin:"),
            withBody("PATCH", NANCY, CREATE, EVIL),
            withBody("PUT", NANCY + "/jobtitle", "{\"value\":\"x\"}", EVIL),
            withBody("DELETE", NANCY, "", EVIL, "If-Match: *"),
            withBody(
                "POST", ROOT + "$batch", batch, EVIL, "Content-Type: multipart/mixed; boundary=b"),
            withBody("POST", "/nowhere", "", EVIL))) {
      service.answer(request).assertRefused(403, NOT_ALLOWED);
    }
    assertThat(events()).isEqualTo(before);
  }

  @Test
  void a_change_from_a_page_of_the_service_itself_is_carried_out() {
    var answer =
        service.answer(withBody("POST", ROOT + "contacts", CREATE, "Origin: http://127.0.0.1"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  @Test
  void a_read_from_another_origin_is_answered_but_no_page_is_let_to_see_it() {
    var read = service.answer(WireRequest.get(NANCY, EVIL));
    var asked =
        service.answer(
            head(
                "OPTIONS " + NANCY + " HTTP/1.1",
                "Host: localhost",
                EVIL,
                "Access-Control-Request-Method: PATCH"));

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.fields()).doesNotContainKey("access-control-allow-origin");
    assertThat(asked.fields())
        .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
  }

  @Test
  void a_name_that_has_been_made_to_lead_here_reads_and_changes_nothing() {
    int before = events();
    String rebound = "Host: evil.example:8080";
    for (byte[] request :
        List.of(
            head("GET " + NANCY + " HTTP/1.1", rebound),
            head("GET /api/watch?entity=contacts HTTP/1.1", rebound),
            head("GET /actuator/health HTTP/1.1", rebound),
            head("GET http://evil.example" + NANCY + " HTTP/1.1", "Host: localhost"),
            joined(
                head(
                    "POST " + ROOT + "contacts HTTP/1.1",
                    rebound,
                    "Origin: http://evil.example:8080",
                    "Content-Length: " + CREATE.length()),
                octets(CREATE)))) {
      service.answer(request).assertRefused(403, NOT_ALLOWED);
    }
    assertThat(events()).isEqualTo(before);
  }
}
