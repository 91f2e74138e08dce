package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.testkit.Json;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks a service for cases and the numbers they get.
record CaseNumbers(RunningService service) {
  static final Pattern RUNNING = Pattern.compile("CAS-([0-9]{5,})-[A-Z0-9]{6}");
  static final String PREFER = "return=representation";
  private static final Pattern NUMBER = Pattern.compile("\"ticketnumber\":\"([^\"]*)\"");

  HttpResponse<String> create(String json) throws Exception {
    return service.send("POST", "incidents", json, "Prefer", PREFER);
  }

  /// The running number of the case created next.
  long next() throws Exception {
    var answer = act("GetNextAutoNumberValue", "incident", "ticketnumber", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Long.parseLong(String.valueOf(Json.object(answer.body()).get("NextAutoNumberValue")));
  }

  HttpResponse<String> act(String action, String entity, String attribute, @Nullable String value)
      throws Exception {
    return service.send("POST", action, body(entity, attribute, value));
  }

  static String body(String entity, String attribute, @Nullable String value) {
    return "{\"EntityName\":\""
        + entity
        + "\",\"AttributeName\":\""
        + attribute
        + "\""
        + (value == null ? "" : ",\"Value\":" + value)
        + "}";
  }

  /// The first number in an answer.
  static String number(HttpResponse<String> answer) {
    return all(answer).findFirst().orElseThrow();
  }

  static Stream<String> all(HttpResponse<String> answer) {
    return NUMBER.matcher(answer.body()).results().map(found -> found.group(1));
  }

  static long running(HttpResponse<String> answer) {
    var found = RUNNING.matcher(number(answer));
    assertThat(found.matches()).as(number(answer)).isTrue();
    return Long.parseLong(found.group(1));
  }
}
