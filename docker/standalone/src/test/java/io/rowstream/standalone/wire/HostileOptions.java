package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.HostileRequest.BAD_PAYLOAD;
import static io.rowstream.standalone.wire.HostileRequest.BAD_QUERY;
import static io.rowstream.standalone.wire.HostileRequest.NOT_THERE;
import static io.rowstream.standalone.wire.HostileRequest.get;
import static io.rowstream.standalone.wire.HostileRequest.post;
import static io.rowstream.standalone.wire.HostileRequest.write;

import java.util.ArrayList;
import java.util.List;

/// What writes of option sets, and of single options, can be made of.
final class HostileOptions {
  private static final String SETS = "GlobalOptionSetDefinitions";
  private static final String ATTRIBUTES = "EntityDefinitions(LogicalName='contact')/Attributes";
  private static final String LABEL = "\"Label\":{\"UserLocalizedLabel\":{\"Label\":\"x\"}}";

  private HostileOptions() {}

  static List<HostileRequest> all() {
    var all = new ArrayList<HostileRequest>();
    all.addAll(sets());
    all.addAll(bindings());
    all.addAll(actions());
    return all;
  }

  private static List<HostileRequest> sets() {
    var all = new ArrayList<HostileRequest>();
    for (String members :
        List.of(
            "\"Name\":\"\"",
            "\"Name\":\"1a\"",
            "\"Name\":\"a'; DROP TABLE log.event; --\"",
            "\"Name\":\"" + "a".repeat(101) + "\"",
            "\"Name\":\"a\\u0000\"",
            "\"Name\":\"a\",\"Options\":\"x\"",
            "\"Name\":\"a\",\"Options\":[{\"Value\":1e400," + LABEL + "}]",
            "\"Name\":\"a\",\"Options\":[{\"Value\":2147483648," + LABEL + "}]",
            "\"Name\":\"a\",\"Options\":[{\"Value\":2147483647," + LABEL + "},{" + LABEL + "}]",
            "\"Name\":\"a\",\"Options\":["
                + ("{" + LABEL + "},").repeat(5_000)
                + "{"
                + LABEL
                + "}]",
            "\"Name\":\"a\",\"Options\":[{" + LABEL.replace("x", "x".repeat(251)) + "}]",
            "\"Name\":\"a\",\"DisplayName\":{\"UserLocalizedLabel\":{\"Label\":\"\\ud800\"}}",
            "\"Name\":\"a\",\"Options\":" + "[".repeat(1_000))) {
      all.add(post(400, BAD_PAYLOAD, SETS, "{" + members + "}"));
    }
    all.add(post(413, BAD_PAYLOAD, SETS, " ".repeat(5 << 20)));
    all.add(post(400, BAD_QUERY, SETS + "(x)", "{}"));
    all.add(write("PUT", 404, NOT_THERE, SETS + "(Name='%20OR%201=1')", "{}"));
    all.add(write("DELETE", 400, BAD_QUERY, SETS + "/a".repeat(10), ""));
    all.add(get(400, BAD_QUERY, SETS + "?$select=nosuch"));
    all.add(get(400, BAD_QUERY, SETS + "?$filter=nosuch%20eq%201"));
    all.add(get(404, BAD_QUERY, SETS + "(Name='nosuch')"));
    all.add(get(404, BAD_QUERY, SETS + "/Microsoft.Dynamics.CRM.NoSuch"));
    return all;
  }

  private static List<HostileRequest> bindings() {
    var all = new ArrayList<HostileRequest>();
    for (String reference :
        List.of("", "x", SETS, SETS + "(", SETS + "(Name='a", "contacts(1)", "http://[", "$1")) {
      all.add(post(400, BAD_PAYLOAD, ATTRIBUTES, bound("\"" + reference + "\"")));
    }
    all.add(post(400, BAD_PAYLOAD, ATTRIBUTES, bound("1")));
    all.add(post(404, NOT_THERE, ATTRIBUTES, bound("\"/" + SETS + "(Name='nosuch')\"")));
    return all;
  }

  private static String bound(String reference) {
    return "{\"AttributeType\":\"Picklist\",\"SchemaName\":\"a\",\"GlobalOptionSet@odata.bind\":"
        + reference
        + "}";
  }

  private static List<HostileRequest> actions() {
    var all = new ArrayList<HostileRequest>();
    for (String action : List.of("InsertOptionValue", "UpdateOptionValue", "DeleteOptionValue")) {
      for (String body :
          List.of("", "[]", "{", "{}", "{\"OptionSetName\":1}", "{\"Value\":\"1\"}")) {
        all.add(post(400, BAD_PAYLOAD, action, body));
      }
      all.add(post(400, BAD_QUERY, action + "?$select=x", "{}"));
      all.add(post(413, BAD_PAYLOAD, action, " ".repeat(17 * 1024)));
    }
    all.add(
        post(
            404,
            NOT_THERE,
            "InsertOptionValue",
            "{\"OptionSetName\":\"x'; DROP TABLE log.event; --\"," + LABEL + "}"));
    return all;
  }
}
