package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes in, the answer is the right refusal in JSON, nothing is written, and the next
/// request is served.
class HostileRequestsIT {
  private static final String SQL = "'; DROP TABLE log.event; --";

  private static WireService service;

  @BeforeAll
  static void start() {
    service = new WireService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<HostileRequest> requests() {
    return Stream.of(HostileUrls.all(), HostileBodies.all(), HostileHeaders.all())
        .flatMap(requests -> requests.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void is_refused(HostileRequest hostile) {
    long before = service.position();

    service.answer(hostile.request()).assertRefused(hostile.status(), hostile.code());

    assertThat(service.position()).isEqualTo(before);
    assertThat(service.answer(WireRequest.get("/actuator/health")).status()).isEqualTo(200);
  }

  @Test
  void sql_is_text_like_any_other() {
    String set = WireRequest.ROOT + "contacts";
    var created =
        service.answer(
            WireRequest.withBody(
                "POST",
                set,
                "{\"jobtitle\":\"" + SQL + "\"}",
                "Idempotency-Key: '--",
                "Rowstream-Client-Id: '--",
                "Prefer: return=representation"));
    assertThat(created.json("jobtitle")).as(created.text()).isEqualTo(SQL);

    var found =
        service.answer(
            WireRequest.get(
                set
                    + "?$select=jobtitle&$orderby=jobtitle&$filter=jobtitle%20eq%20'"
                    + SQL.replace("'", "''").replace(" ", "%20")
                    + "'",
                "Rowstream-Min-Position: " + service.position()));
    assertThat(found.json("value", 0, "jobtitle")).as(found.text()).isEqualTo(SQL);
    assertThat(found.json("value", 1)).isNull();
  }
}
