package io.rowstream.odata.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Queries of accounts as a client might write them: most are right, some have one mistake.
record RandomQueries(Random random) {
  private static final List<String> TEXTS =
      List.of("name", "description", "primarycontactid/fullname", "customerid_contact/fullname");
  private static final List<String> WHOLES =
      List.of("employees", "views", "industry", "versionnumber", "customerid_account/employees");
  private static final List<String> DECIMALS = List.of("rate", "revenue");
  private static final List<String> GUIDS =
      List.of("accountid", "batch", "_primarycontactid_value", "_customerid_value");
  private static final List<String> TIMES = List.of("opened", "createdon", "modifiedon");
  private static final List<String> COMPARATORS = List.of("eq", "ne", "gt", "ge", "lt", "le");
  private static final String NOISE = "()',/ :=;$.-_*aZ09\"%é";

  /// The query, percent-encoded.
  String next() {
    var options = new ArrayList<String>();
    maybe(options, () -> option("$filter", condition(3)));
    maybe(options, () -> option("$select", list("name", "employees", "batch", "createdon")));
    maybe(options, () -> option("$orderby", order("name", "employees", "opened")));
    maybe(options, () -> option("$top", String.valueOf(random.nextInt(100))));
    maybe(options, () -> option("$count", random.nextInt(9) == 0 ? "yes" : "true"));
    maybe(options, () -> option("$expand", expand()));
    Collections.shuffle(options, random);
    return String.join("&", options);
  }

  private void maybe(List<String> options, Supplier<String> option) {
    if (random.nextInt(3) > 0) {
      options.add(option.get());
    }
  }

  private String option(String name, String value) {
    String written = random.nextInt(10) == 0 ? flawed(value) : value;
    String encoded = URLEncoder.encode(written, StandardCharsets.UTF_8).replace("+", "%20");
    return (random.nextInt(5) == 0 ? name.replace("$", "%24") : name) + "=" + encoded;
  }

  /// One character more, less or other.
  private String flawed(String text) {
    int at = random.nextInt(text.length() + 1);
    char noise = NOISE.charAt(random.nextInt(NOISE.length()));
    int after = at == text.length() ? at : at + 1;
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + noise + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(after);
      default -> text.substring(0, at) + noise + text.substring(after);
    };
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String list(String... names) {
    var chosen = new ArrayList<>(List.of(names));
    Collections.shuffle(chosen, random);
    return String.join(random.nextBoolean() ? "," : ", ", chosen.subList(0, 1 + random.nextInt(3)));
  }

  private String order(String... names) {
    var keys = new ArrayList<String>();
    for (String name : list(names).split(", ?", -1)) {
      keys.add(name + any(List.of("", " asc", " desc")));
    }
    return String.join(",", keys);
  }

  private String expand() {
    String contact = "primarycontactid" + any(List.of("", "($select=fullname)"));
    String people =
        "contact_customer_accounts("
            + any(
                List.of(
                    "$select=fullname",
                    "$filter=fullname eq 'a;b,c)'",
                    "$orderby=fullname desc;$top=3",
                    "$filter=contains(fullname,'(');$select=fullname,contactid",
                    "$expand=parentcustomerid_account($select=name;$expand=primarycontactid)"))
            + ")";
    return any(List.of(contact, people, contact + "," + people));
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return term();
    }
    return switch (random.nextInt(6)) {
      case 0 -> condition(depth - 1) + " and " + condition(depth - 1);
      case 1 -> condition(depth - 1) + " or " + condition(depth - 1);
      case 2 -> "(" + condition(depth - 1) + ")";
      case 3 -> "not (" + condition(depth - 1) + ")";
      case 4 -> "not " + textMatch();
      default -> condition(depth - 1) + " and " + condition(depth - 1) + " or " + term();
    };
  }

  private String term() {
    return switch (random.nextInt(10)) {
      case 0 -> textMatch();
      case 1 -> any(TEXTS) + " in (" + text() + "," + text() + ")";
      case 2 -> any(WHOLES) + " in (1, 2,3)";
      case 3 -> any(List.of(any(TEXTS), any(WHOLES), any(TIMES))) + " eq null";
      case 4 -> lambda();
      case 5 -> "donotemail " + any(List.of("eq", "ne")) + " " + any(List.of("true", "false"));
      case 6 -> any(GUIDS) + " " + any(List.of("eq", "ne")) + " " + guid();
      case 7 -> value() + " " + any(COMPARATORS) + " " + any(WHOLES);
      default -> comparison();
    };
  }

  private String comparison() {
    String compared = " " + any(COMPARATORS) + " ";
    return switch (random.nextInt(5)) {
      case 0 -> any(TEXTS) + compared + text();
      case 1 -> any(WHOLES) + compared + value();
      case 2 -> any(DECIMALS) + compared + any(List.of("1.5", "-0.25", "12", "1e3", "0"));
      case 3 -> any(TIMES) + compared + time();
      default -> any(random.nextInt(9) == 0 ? WHOLES : TEXTS) + compared + text();
    };
  }

  private String textMatch() {
    String function = any(List.of("contains", "startswith", "endswith"));
    return function + "(" + any(TEXTS) + "," + (random.nextBoolean() ? " " : "") + text() + ")";
  }

  private String lambda() {
    return "contact_customer_accounts/"
        + any(
            List.of(
                "any()",
                "any(c:c/fullname eq " + text() + ")",
                "all(c:contains(c/fullname," + text() + ") or c/fullname eq null)",
                "any(x:x/parentcustomerid_account/employees gt " + value() + ")"));
  }

  private String text() {
    return any(List.of("'a'", "''", "'it''s'", "'a and b'", "'(;,)'", "'é/€'", "'null'", "'100%'"));
  }

  private String value() {
    return any(List.of("0", "-7", "42", "2147483648", "007"));
  }

  private String guid() {
    return any(
        List.of(
            "6f0d8c1e-0001-4000-8000-00000000abcd",
            "6F0D8C1E-0001-4000-8000-00000000ABCD",
            "'6f0d8c1e-0001-4000-8000-00000000abcd'"));
  }

  private String time() {
    return any(
        List.of(
            "2026-11-21T10:00:00Z",
            "2026-11-21T10:00:00.123Z",
            "2026-11-21T10:00:00+02:00",
            "2026-11-21T10:00Z",
            "2026-11-21"));
  }
}
