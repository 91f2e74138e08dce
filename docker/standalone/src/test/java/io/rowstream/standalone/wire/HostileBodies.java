package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.HostileRequest.BAD_PAYLOAD;
import static io.rowstream.standalone.wire.HostileRequest.BAD_QUERY;
import static io.rowstream.standalone.wire.HostileRequest.NOT_THERE;
import static io.rowstream.standalone.wire.HostileRequest.TOO_LONG;
import static io.rowstream.standalone.wire.HostileRequest.post;
import static io.rowstream.standalone.wire.HostileRequest.write;

import java.util.ArrayList;
import java.util.List;

/// What the body of a write can be made of; and writes to where nothing can be written.
final class HostileBodies {
  private static final String NANCY = "contacts(33333333-3333-4333-8333-333333333333)";
  private static final int FIVE_MEGABYTES = 5 << 20;

  private HostileBodies() {}

  static List<HostileRequest> all() {
    var all = new ArrayList<HostileRequest>();
    for (String body : notJson()) {
      all.add(post(400, BAD_PAYLOAD, "contacts", body));
      all.add(write("PATCH", 400, BAD_PAYLOAD, NANCY, body));
      all.add(write("PUT", 400, BAD_PAYLOAD, NANCY + "/jobtitle", body));
    }
    for (String body : wrong()) {
      all.add(post(400, BAD_PAYLOAD, "contacts", body));
      all.add(write("PATCH", 400, BAD_PAYLOAD, NANCY, body));
    }
    all.addAll(definitions());
    all.addAll(HostileOptions.all());
    all.addAll(tooLong());
    all.addAll(properties());
    all.addAll(places());
    return all;
  }

  private static List<String> notJson() {
    return List.of(
        "",
        " ",
        "{",
        "}",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{\"jobtitle\":\"x\"}}",
        "{\"jobtitle\":\"x\"} {}",
        "{\"jobtitle\":\"x\",}",
        "{jobtitle:\"x\"}",
        "{'jobtitle':'x'}",
        "{\"jobtitle\":NaN}",
        "{\"jobtitle\":0x10}",
        "{\"jobtitle\":01}",
        "{\"jobtitle\":\"a\nb\"}",
        "{\"jobtitle\":\"\\x\"}",
        "{\"jobtitle\":\"\\u12\"}",
        "{\"jobtitle\":\"x\",\"jobtitle\":\"y\"}",
        "{/* */\"jobtitle\":\"x\"}",
        "jobtitle=x",
        "<contact/>",
        "\u00ef\u00bb\u00bf{",
        "\u00ff\u00fe{\u0000}\u0000",
        "{\"jobtitle\":\"\u00e9\"}",
        "{\"jobtitle\":\"\u00c0\u00af\"}",
        "{\"jobtitle\":\"\u00ed\u00a0\u0080\"}",
        "{\"jobtitle\":\"\u0000\"}",
        "[".repeat(100_000),
        "{\"a\":".repeat(50_000));
  }

  private static List<String> wrong() {
    return List.of(
        "{\"nosuch\":1}",
        "{\"log.event\":1}",
        "{\"jobtitle'; DROP TABLE log.event; --\":\"x\"}",
        "{\"\":1}",
        "{\"" + "a".repeat(100_000) + "\":1}",
        "{\"jobtitle\":1}",
        "{\"jobtitle\":true}",
        "{\"jobtitle\":[]}",
        "{\"jobtitle\":{}}",
        "{\"jobtitle\":\"\\u0000\"}",
        "{\"jobtitle\":\"\\ud800\"}",
        "{\"statecode\":\"0\"}",
        "{\"statecode\":7}",
        "{\"statecode\":1.5}",
        "{\"statecode\":1e400}",
        "{\"statecode\":" + "9".repeat(10_000) + "}",
        "{\"creditlimit\":1e999999999}",
        "{\"creditlimit\":\"1\"}",
        "{\"creditlimit\":999999999999999999}",
        "{\"donotemail\":\"true\"}",
        "{\"donotemail\":1}",
        "{\"birthdate\":\"yesterday\"}",
        "{\"birthdate\":\"2026-02-30T00:00:00Z\"}",
        "{\"birthdate\":0}",
        "{\"contactid\":\"x\"}",
        "{\"contactid\":null}",
        "{\"_parentcustomerid_value\":\"33333333-3333-4333-8333-333333333333\"}",
        "{\"parentcustomerid_account@odata.bind\":\"accounts\"}",
        "{\"parentcustomerid_account@odata.bind\":\"accounts(x)\"}",
        "{\"parentcustomerid_account@odata.bind\":\"accounts(1'; DROP TABLE log.event)\"}",
        "{\"parentcustomerid_account@odata.bind\":1}",
        "{\"parentcustomerid_nosuch@odata.bind\":\"/accounts(44444444-4444-4444-8444-444444444444)\"}",
        "{\"jobtitle\":" + "[".repeat(30) + "1" + "]".repeat(30) + "}");
  }

  private static List<HostileRequest> keys(String keys) {
    var all = new ArrayList<HostileRequest>();
    for (String body : notJson()) {
      all.add(post(400, BAD_PAYLOAD, keys, body));
    }
    for (String key :
        List.of(
            "{}",
            "{\"SchemaName\":\"x'; DROP TABLE log.event; --\",\"KeyAttributes\":[\"fax\"]}",
            "{\"SchemaName\":\"k\",\"KeyAttributes\":\"fax\"}",
            "{\"SchemaName\":\"k\",\"KeyAttributes\":[[\"fax\"]]}",
            "{\"SchemaName\":\"k\",\"KeyAttributes\":[\"fax'; DROP TABLE log.event; --\"]}",
            "{\"SchemaName\":\"k\",\"KeyAttributes\":[" + "\"fax\",".repeat(100_000) + "1]}")) {
      all.add(post(400, BAD_PAYLOAD, keys, key));
    }
    all.add(write("DELETE", 400, BAD_QUERY, keys + "(' OR 1=1 --)".replace(" ", "%20"), ""));
    return all;
  }

  private static List<HostileRequest> definitions() {
    String attributes = "EntityDefinitions(LogicalName='contact')/Attributes";
    var all = new ArrayList<HostileRequest>();
    for (String body : notJson()) {
      all.add(post(400, BAD_PAYLOAD, "EntityDefinitions", body));
      all.add(post(400, BAD_PAYLOAD, attributes, body));
      all.add(post(400, BAD_PAYLOAD, "RelationshipDefinitions", body));
      all.add(post(400, BAD_PAYLOAD, "GlobalOptionSetDefinitions", body));
    }
    for (String members :
        List.of(
            "",
            ",\"SchemaName\":\"\"",
            ",\"SchemaName\":1",
            ",\"SchemaName\":\"x'; DROP TABLE log.event; --\"",
            ",\"SchemaName\":\"" + "a".repeat(101) + "\"",
            ",\"SchemaName\":\"a\",\"MaxLength\":-1",
            ",\"SchemaName\":\"a\",\"MaxLength\":1e400",
            ",\"SchemaName\":\"a\",\"MaxLength\":99999999999999999999",
            ",\"SchemaName\":\"a\",\"AutoNumberFormat\":\"" + "{SEQNUM:1}".repeat(99) + "\"",
            ",\"SchemaName\":\"a\",\"DisplayName\":[]",
            ",\"SchemaName\":\"a\",\"DisplayName\":{\"LocalizedLabels\":[{\"Label\":\"\\ud800\"}]}",
            ",\"SchemaName\":\"a\",\"DisplayName\":{\"LocalizedLabels\":[{\"Label\":\""
                + "x".repeat(251)
                + "\"}]}",
            ",\"SchemaName\":\"a\",\"nosuch\":1",
            ",\"SchemaName\":\"a\",\"Format\":" + "[" + "1,".repeat(200_000) + "1]")) {
      all.add(post(400, BAD_PAYLOAD, attributes, "{\"AttributeType\":\"String\"" + members + "}"));
    }
    all.add(post(413, BAD_PAYLOAD, "EntityDefinitions", " ".repeat(FIVE_MEGABYTES)));
    all.add(post(400, BAD_QUERY, "EntityDefinitions(x)/Attributes", "{}"));
    all.add(post(400, BAD_QUERY, "EntityDefinitions(' OR 1=1 --)".replace(" ", "%20"), "{}"));
    all.add(post(400, BAD_QUERY, "EntityDefinitions" + "/a".repeat(10), "{}"));
    all.add(write("PUT", 400, BAD_PAYLOAD, "EntityDefinitions(LogicalName='contact')", "[]"));
    all.add(write("DELETE", 400, BAD_QUERY, "EntityDefinitions(x)", ""));
    all.add(
        write("DELETE", 400, BAD_QUERY, "EntityDefinitions(' OR 1=1 --)".replace(" ", "%20"), ""));
    all.addAll(keys("EntityDefinitions(LogicalName='contact')/Keys"));
    return all;
  }

  private static List<HostileRequest> tooLong() {
    return List.of(
        post(400, TOO_LONG, "contacts", "{\"jobtitle\":\"" + "x".repeat(101) + "\"}"),
        post(400, TOO_LONG, "contacts", "{\"jobtitle\":\"" + "x".repeat(1_000_000) + "\"}"),
        write("PUT", 400, TOO_LONG, NANCY + "/jobtitle", "{\"value\":\"" + "x".repeat(101) + "\"}"),
        post(413, BAD_PAYLOAD, "contacts", " ".repeat(FIVE_MEGABYTES)),
        write("PATCH", 413, BAD_PAYLOAD, NANCY, " ".repeat(FIVE_MEGABYTES)));
  }

  private static List<HostileRequest> properties() {
    return List.of(
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/jobtitle", "{}"),
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/jobtitle", "{\"value\":1}"),
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/jobtitle", "{\"value\":\"x\",\"value\":\"y\"}"),
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/jobtitle", "{\"nosuch\":\"x\"}"),
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/nosuch", "{\"value\":1}"),
        write("PUT", 400, BAD_PAYLOAD, NANCY + "/contactid", "{\"value\":\"x\"}"),
        write(
            "PUT", 400, BAD_PAYLOAD, NANCY + "/createdon", "{\"value\":\"2026-01-01T00:00:00Z\"}"),
        write("DELETE", 400, BAD_PAYLOAD, NANCY + "/nosuch", ""),
        write("DELETE", 400, BAD_PAYLOAD, NANCY + "/contactid", ""));
  }

  private static List<HostileRequest> places() {
    String unknown = "contacts(00000000-0000-4000-8000-000000000000)";
    return List.of(
        post(404, NOT_THERE, "nosuch", "{}"),
        post(405, BAD_QUERY, "", "{}"),
        post(405, BAD_QUERY, NANCY, "{}"),
        write("PATCH", 405, BAD_QUERY, "contacts", "{}"),
        write("DELETE", 405, BAD_QUERY, "contacts", ""),
        write("PUT", 405, BAD_QUERY, "contacts", "{}"),
        write("PATCH", 405, BAD_QUERY, "contacts/$count", "{}"),
        write("PATCH", 404, NOT_THERE, unknown, "{}", "If-Match: *"),
        write("PATCH", 404, NOT_THERE, unknown, "{}", "If-Match: W/\"0\""),
        write("DELETE", 404, NOT_THERE, unknown, ""),
        write("PUT", 404, NOT_THERE, unknown + "/jobtitle", "{\"value\":\"x\"}"),
        write("PATCH", 400, BAD_QUERY, "contacts(x)", "{}"),
        write("DELETE", 400, BAD_QUERY, "contacts(' OR 1=1 --)".replace(" ", "%20"), ""),
        write("DELETE", 400, BAD_QUERY, NANCY + "?$filter=jobtitle%20eq%20'x'", ""),
        write("PATCH", 400, BAD_QUERY, NANCY + "?$nosuch=1", "{}"),
        write("PATCH", 400, BAD_QUERY, NANCY + "?rowstream.version=1", "{}"),
        write("PATCH", 400, BAD_QUERY, NANCY + "%00", "{}"));
  }
}
