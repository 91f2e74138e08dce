package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.HostileRequest.BAD_QUERY;
import static io.rowstream.standalone.wire.HostileRequest.NOT_THERE;
import static io.rowstream.standalone.wire.HostileRequest.get;

import java.util.ArrayList;
import java.util.List;

/// What a URL can be made of.
final class HostileUrls {
  private static final String NANCY = "contacts(33333333-3333-4333-8333-333333333333)";

  private HostileUrls() {}

  static List<HostileRequest> all() {
    var all = new ArrayList<HostileRequest>();
    all.addAll(paths());
    all.addAll(records());
    all.addAll(queries());
    all.addAll(filters());
    all.addAll(watches());
    return all;
  }

  private static List<HostileRequest> paths() {
    return List.of(
        get(404, BAD_QUERY, "nosuch"),
        get(404, BAD_QUERY, "nosuch/$count"),
        get(400, BAD_QUERY, "contacts;x=1"),
        get(400, BAD_QUERY, "contacts/$nosuch"),
        get(400, BAD_QUERY, "contacts/fullname"),
        get(400, BAD_QUERY, "/contacts"),
        get(400, BAD_QUERY, "../v9.2/contacts"),
        get(400, BAD_QUERY, "%2e%2e/contacts"),
        get(400, BAD_QUERY, "./contacts"),
        get(400, BAD_QUERY, "contacts%2F$count"),
        get(400, BAD_QUERY, "..%2f..%2f..%2fetc%2fpasswd"),
        get(400, BAD_QUERY, "contacts%00"),
        get(400, BAD_QUERY, "contacts%0d%0aSet-Cookie:%20a=b"),
        get(400, BAD_QUERY, "contacts%zz"),
        get(400, BAD_QUERY, "contacts%"),
        get(400, BAD_QUERY, "contacts%e9"),
        get(400, BAD_QUERY, "contacts%c0%af"),
        get(400, BAD_QUERY, "contacts%ed%a0%80"),
        get(400, BAD_QUERY, "contacts\u0001"),
        get(400, BAD_QUERY, "contacts\u00ff"),
        get(400, BAD_QUERY, "contacts'--"),
        get(400, BAD_QUERY, "contacts;DROP%20TABLE%20log.event"),
        get(400, BAD_QUERY, "\"log\".\"event\""),
        get(400, BAD_QUERY, "a/".repeat(1_000)),
        get(400, BAD_QUERY, "a".repeat(20_000)));
  }

  private static List<HostileRequest> records() {
    return List.of(
        get(404, NOT_THERE, "contacts(00000000-0000-0000-0000-000000000000)"),
        get(404, BAD_QUERY, "nosuch(33333333-3333-4333-8333-333333333333)"),
        get(400, BAD_QUERY, "contacts("),
        get(400, BAD_QUERY, "contacts)"),
        get(400, BAD_QUERY, "contacts()x"),
        get(400, BAD_QUERY, "contacts(" + "(".repeat(5_000)),
        get(400, BAD_QUERY, "contacts(33333333-3333-4333-8333-33333333333g)"),
        get(400, BAD_QUERY, "contacts(33333333-3333-4333-8333-333333333333'--)"),
        get(400, BAD_QUERY, "contacts('%20OR%201=1%20--)"),
        get(400, BAD_QUERY, "contacts(a=1,a=2)"),
        get(400, BAD_QUERY, "contacts(a=)"),
        get(400, BAD_QUERY, "contacts(=1)"),
        get(400, BAD_QUERY, "contacts(a='b)"),
        get(404, BAD_QUERY, NANCY + "/nosuch"),
        get(400, BAD_QUERY, NANCY + "/fullname/nosuch"),
        get(400, BAD_QUERY, NANCY + "/fullname/$nosuch"),
        get(400, BAD_QUERY, NANCY + "/fullname';--"),
        get(400, BAD_QUERY, NANCY + "?$filter=fullname%20eq%20'x'"),
        get(400, BAD_QUERY, NANCY + "?$top=1"),
        get(400, BAD_QUERY, NANCY + "?rowstream.version=-1"),
        get(400, BAD_QUERY, NANCY + "?rowstream.version=99999999999999999999"),
        get(404, NOT_THERE, NANCY + "?rowstream.version=9999"),
        get(400, BAD_QUERY, NANCY + "?rowstream.at=yesterday"),
        get(400, BAD_QUERY, NANCY + "?rowstream.at=2026-02-30T00:00:00Z"),
        get(400, BAD_QUERY, NANCY + "?rowstream.version=0&rowstream.at=2026-01-01T00:00:00Z"),
        get(400, BAD_QUERY, NANCY + "/rowstream.history?$filter=a%20eq%201"));
  }

  private static List<HostileRequest> queries() {
    return List.of(
        get(400, BAD_QUERY, "contacts?$skip=1"),
        get(400, BAD_QUERY, "contacts?$search=x"),
        get(400, BAD_QUERY, "contacts?$format=xml"),
        get(400, BAD_QUERY, "contacts?$nosuch=1"),
        get(400, BAD_QUERY, "contacts?nosuch=1"),
        get(400, BAD_QUERY, "contacts?$top=1&$top=1"),
        get(400, BAD_QUERY, "contacts?" + "a=1&".repeat(100)),
        get(400, BAD_QUERY, "contacts?$top=-1"),
        get(400, BAD_QUERY, "contacts?$top=1.5"),
        get(400, BAD_QUERY, "contacts?$top=9999999999"),
        get(400, BAD_QUERY, "contacts?$top=1;DROP%20TABLE%20log.event"),
        get(400, BAD_QUERY, "contacts?$count=maybe"),
        get(400, BAD_QUERY, "contacts?$select=nosuch"),
        get(400, BAD_QUERY, "contacts?$select="),
        get(400, BAD_QUERY, "contacts?$select=fullname,,jobtitle"),
        get(400, BAD_QUERY, "contacts?$select=fullname%20FROM%20log.event"),
        get(400, BAD_QUERY, "contacts?$select=" + "a,".repeat(1_001) + "a"),
        get(400, BAD_QUERY, "contacts?$orderby=nosuch"),
        get(400, BAD_QUERY, "contacts?$orderby=fullname%20sideways"),
        get(400, BAD_QUERY, "contacts?$orderby=(SELECT%201)"),
        get(400, BAD_QUERY, "contacts?$orderby=fullname" + ",fullname".repeat(20)),
        get(400, BAD_QUERY, "contacts?$skiptoken="),
        get(400, BAD_QUERY, "contacts?$skiptoken=AW8NjB4AAUAAgAAAAAAAq80BAAAAAXgAAAAA"),
        get(400, BAD_QUERY, "contacts?$skiptoken=" + "A".repeat(25_000)),
        get(400, BAD_QUERY, "contacts?$skiptoken='%20OR%201=1"),
        get(400, BAD_QUERY, "contacts?$deltatoken="),
        get(400, BAD_QUERY, "contacts?$deltatoken=AgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        get(400, BAD_QUERY, "contacts?$deltatoken=" + "A".repeat(25_000)),
        get(400, BAD_QUERY, "contacts/$count?$deltatoken='%20OR%201=1"),
        get(400, BAD_QUERY, "contacts?%00=1"),
        get(400, BAD_QUERY, "contacts?%24filter=%FF"),
        get(400, BAD_QUERY, "contacts?$top=%zz"),
        get(400, BAD_QUERY, "contacts/$count?$top=1.0"));
  }

  private static List<HostileRequest> filters() {
    return List.of(
        filter(""),
        filter("fullname"),
        filter("fullname%20eq"),
        filter("fullname%20eq%20'x"),
        filter("fullname%20eq%20'x'%20and"),
        filter("fullname%20eq%20'x'%20OR%201=1"),
        filter("fullname%20eq%20'x';DROP%20TABLE%20log.event"),
        filter("fullname%20eq%20\"x\""),
        filter("nosuch%20eq%201"),
        filter("fullname%20eq%201"),
        filter("fullname%20almost%20'x'"),
        filter("statecode%20eq%20'x'"),
        filter("statecode%20eq%2099999999999999999999"),
        filter("creditlimit%20gt%201e999999999"),
        filter("creditlimit%20gt%20" + "9".repeat(10_000)),
        filter("birthdate%20gt%202026-13-45"),
        filter("birthdate%20gt%20'now()'"),
        filter("contactid%20eq%20x"),
        filter("donotemail%20eq%201"),
        filter("fullname%20eq%20'%00'"),
        filter("fullname%20eq%20'%c0%af'"),
        filter("contains(fullname)"),
        filter("fullname%20eq%20@p"),
        filter("fullname%20eq%20@p&@p='x'&@q=1"),
        filter("Microsoft.Dynamics.CRM.In(PropertyName='fullname',PropertyValues=[])"),
        filter("Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=1e9)"),
        filter("Microsoft.Dynamics.CRM.pg_sleep(PropertyName='fullname')"),
        filter("x&$apply=groupby((fullname);DROP%20TABLE%20log.event)"),
        filter("contains(fullname,'a','b')"),
        filter("pg_sleep(10)%20eq%201"),
        filter("fullname%20in%20()"),
        filter("(".repeat(5_000) + "fullname%20eq%20'x'" + ")".repeat(5_000)),
        filter("not%20".repeat(3_000) + "donotemail"),
        filter("donotemail%20or%20".repeat(1_000) + "donotemail"),
        filter("fullname%20eq%20'" + "x".repeat(17_000) + "'"));
  }

  private static HostileRequest filter(String text) {
    return get(400, BAD_QUERY, "contacts?$filter=" + text);
  }

  private static List<HostileRequest> watches() {
    var all = new ArrayList<HostileRequest>();
    for (String query :
        List.of(
            "entity=nosuch",
            "entity=%zz",
            "entity=%00",
            "entity=%e9",
            "entity=contacts'--",
            "entity={\"a\":1}",
            "record=contacts(1)",
            "record=" + "a".repeat(20_000),
            "attributes=;DROP",
            "cursor=a&cursor=b",
            "from=yesterday",
            "nosuch=1")) {
      all.add(new HostileRequest(WireRequest.get("/api/watch?" + query), 400, BAD_QUERY));
      all.add(new HostileRequest(WireRequest.get("/api/changes?" + query), 400, BAD_QUERY));
    }
    for (String wait : List.of("", "-1", "61", "1.5", "1e1", "NaN", "%00", "9".repeat(10_000))) {
      all.add(new HostileRequest(WireRequest.get("/api/changes?wait=" + wait), 400, BAD_QUERY));
    }
    return all;
  }
}
