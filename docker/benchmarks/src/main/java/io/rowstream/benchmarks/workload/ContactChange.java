package io.rowstream.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One change of a contact: three attributes, exactly 300 bytes as JSON, no two alike; one job
/// title is that of every thousandth.
public record ContactChange(String emailaddress1, String jobtitle, String description) {
  public static final int JSON_BYTES = 300;

  public static final int TITLES = 1_000;

  private static final String FILLER =
      "Prefers to be called in the morning; asked for the new price list, two samples and a visit. "
          .repeat(4);
  private static final int BYTES_AROUND_VALUES =
      "{\"emailaddress1\":\"\",\"jobtitle\":\"\",\"description\":\"\"}".length();

  /// The change number `number`; the next ones have other values in every attribute.
  public static ContactChange number(long number) {
    String email = "ada." + number + "@example.org";
    String title = title(number);
    String start = number + ": ";
    int rest = JSON_BYTES - BYTES_AROUND_VALUES - email.length() - title.length() - start.length();
    return new ContactChange(email, title, start + FILLER.substring(0, rest));
  }

  /// The job title of change number `number`.
  public static String title(long number) {
    return "Head of department " + number % TITLES;
  }

  /// The attributes by name, in the order of the JSON.
  public Map<String, String> attributes() {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("emailaddress1", emailaddress1);
    attributes.put("jobtitle", jobtitle);
    attributes.put("description", description);
    return attributes;
  }

  /// The values hold nothing that JSON would escape.
  public byte[] json() {
    return ("{\"emailaddress1\":\""
            + emailaddress1
            + "\",\"jobtitle\":\""
            + jobtitle
            + "\",\"description\":\""
            + description
            + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
