package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.ROOT;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// An endless row of requests that are right but for a few splinters in them.
final class FuzzedRequests {
  private static final String NANCY = "contacts(33333333-3333-4333-8333-333333333333)";
  private static final int SPLINTERS_IN_ONE_MAX = 3;

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "QUERY");

  private static final List<String> TARGETS =
      List.of(
          ROOT,
          ROOT + "contacts",
          ROOT + "contacts?$select=fullname,jobtitle&$top=3&$orderby=fullname%20desc&$count=true",
          ROOT + "contacts?$filter=contains(fullname,'a')%20and%20not%20(creditlimit%20gt%2010)",
          ROOT + "contacts?$filter=jobtitle%20in%20('a',null)%20or%20statecode%20eq%200&$top=2",
          ROOT
              + "contacts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='jobtitle',"
              + "PropertyValues=@v)&@v=[%22a%22,'b']&$orderby=_parentcustomerid_value",
          ROOT
              + "contacts?$apply=filter(statecode%20eq%200)/groupby((statecode,createdby/fullname),"
              + "aggregate($count%20as%20n,creditlimit%20with%20average%20as%20a))",
          ROOT + "contacts/$count?$filter=birthdate%20lt%202026-11-21T10:00:00Z",
          ROOT + NANCY,
          ROOT + NANCY + "?$select=fullname&rowstream.version=0",
          ROOT + NANCY + "/jobtitle",
          ROOT + NANCY + "/jobtitle/$value",
          ROOT + NANCY + "/rowstream.history",
          ROOT + "tasks",
          ROOT + "crm_configs(77777777-7777-4777-8777-777777777777)/crm_value",
          ROOT + "WhoAmI()",
          "/api/watch?entity=contacts&attributes=jobtitle&from=now",
          "/api/changes?entity=contacts&from=start",
          "http://h/x");

  private static final List<String> FIELDS =
      List.of(
          "If-Match: W/\"0\", W/\"1\"",
          "If-Match: *",
          "If-None-Match: W/\"3\"",
          "If-None-Match: *",
          "Prefer: return=representation,odata.include-annotations=\"*\",odata.maxpagesize=2",
          "Prefer: rowstream.merge",
          "Prefer: rowstream.overwrite",
          "Idempotency-Key: key-1",
          "Rowstream-Client-Id: tab-1",
          "Rowstream-Min-Position: 5",
          "MSCRMCallerID: 22222222-2222-4222-8222-222222222222",
          "Content-Type: application/json; charset=utf-8",
          "Accept: text/html, */*;q=0.1",
          "Last-Event-ID: AW8NjB4AAUAAgAAAAAAAq80B",
          "Accept-Encoding: gzip");

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "{\"value\":\"CTO\"}",
          "{\"fullname\":\"Fay \\u00e9 \\ud83d\\ude00\",\"creditlimit\":12.5,\"statecode\":1}",
          "{\"jobtitle\":null,\"donotemail\":true,\"birthdate\":\"2026-11-21T10:00:00Z\"}",
          "{\"parentcustomerid_account@odata.bind\":"
              + "\"/accounts(44444444-4444-4444-8444-444444444444)\"}",
          "{\"subject\":\"s\",\"externalsequence\":9223372036854775807,\"actualhours\":0.25}");

  private static final List<String> SPLINTERS =
      List.of(
          "'",
          "''",
          "\"",
          "(",
          ")",
          "((((((((",
          "%",
          "%27",
          "%00",
          "%c0%af",
          "%2f",
          "..",
          "/",
          "//",
          "$",
          "$value",
          "$filter=",
          "&",
          "?",
          "=",
          ",",
          ";",
          "{",
          "}",
          "[",
          "[[[[[[[[[[[[[[[[[[[[[",
          "\\",
          "\\ud800",
          "\\u0000",
          "+",
          "-",
          "--",
          "null",
          "%20and%20",
          "%20eq%20",
          "1e999999",
          "9223372036854775808",
          "\u0000",
          "\u007f",
          "\u00e9",
          "\u00c3\u00a9",
          "\u00ff",
          "@odata.bind",
          "'%20OR%201=1%20--",
          "W/",
          "*",
          "\t",
          "#",
          "|",
          "<",
          ">",
          "`",
          "^");

  private final Random random;

  FuzzedRequests(Random random) {
    this.random = random;
  }

  /// A request with as much body as it says.
  byte[] framed() {
    String[] fields = new String[random.nextInt(4)];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = splintered(one(FIELDS));
    }
    return WireRequest.withBody(
        one(METHODS), splintered(one(TARGETS)), splintered(one(BODIES)), fields);
  }

  /// A request with splinters anywhere, line ends and lengths included.
  byte[] unframed() {
    byte[] framed = framed();
    String octets = new String(framed, StandardCharsets.ISO_8859_1);
    var pieces = new ArrayList<>(List.of("\r\n", "\n", "\r", ":", " ", "\r\n\r\n", "HTTP/1.1"));
    pieces.addAll(SPLINTERS);
    return WireRequest.octets(splintered(octets, pieces));
  }

  private String splintered(String text) {
    return random.nextInt(3) == 0 ? splintered(text, SPLINTERS) : text;
  }

  private String splintered(String whole, List<String> pieces) {
    var text = new StringBuilder(whole);
    for (int i = random.nextInt(SPLINTERS_IN_ONE_MAX); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0, 1 -> text.insert(at, one(pieces));
        case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 3 -> text.insert(at, (char) random.nextInt(0x100));
        default -> text.insert(at, text.substring(0, random.nextInt(text.length() + 1)));
      }
    }
    return text.toString();
  }

  private String one(List<String> samples) {
    return samples.get(random.nextInt(samples.size()));
  }
}
