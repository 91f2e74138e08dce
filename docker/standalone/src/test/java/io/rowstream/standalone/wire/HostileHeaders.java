package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.HostileRequest.BAD_QUERY;
import static io.rowstream.standalone.wire.HostileRequest.get;
import static io.rowstream.standalone.wire.HostileRequest.octets;
import static io.rowstream.standalone.wire.HostileRequest.post;
import static io.rowstream.standalone.wire.HostileRequest.write;

import java.util.ArrayList;
import java.util.List;

/// What header fields, and the lines around them, can be made of.
final class HostileHeaders {
  private static final String NANCY = "contacts(33333333-3333-4333-8333-333333333333)";
  private static final String BEA = "MSCRMCallerID: 22222222-2222-4222-8222-222222222222";
  private static final String MISMATCH = "0x80060882";
  private static final String NOT_ALLOWED = "0x80040220";
  private static final String CREATE = "POST " + WireRequest.ROOT + "contacts HTTP/1.1\r\n";
  private static final String READ = "GET " + WireRequest.ROOT + "contacts HTTP/1.1\r\n";

  private static final String CHUNKED = "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

  private HostileHeaders() {}

  static List<HostileRequest> all() {
    var all = new ArrayList<HostileRequest>();
    all.addAll(conditions());
    all.addAll(others());
    all.addAll(framing());
    all.addAll(lines());
    return all;
  }

  private static List<HostileRequest> conditions() {
    return List.of(
        change(412, MISMATCH, "If-Match: W/\"99\""),
        change(412, MISMATCH, "If-Match: W/\"99\"", "If-Match: W/\"98\""),
        change(400, BAD_QUERY, "If-Match: *", "If-Match: W/\"0\""),
        change(400, BAD_QUERY, "If-Match: x"),
        change(412, MISMATCH, "If-Match: W/\"x\""),
        change(412, MISMATCH, "If-Match: W/\"-1\""),
        change(412, MISMATCH, "If-Match: W/\"99999999999999999999\""),
        change(400, BAD_QUERY, "If-Match: W/\"0"),
        change(400, BAD_QUERY, "If-Match: W/\"0\" OR 1=1"),
        change(400, BAD_QUERY, "If-Match: " + "W/\"99\",".repeat(200)),
        change(400, BAD_QUERY, "If-None-Match: W/\"0\""),
        change(400, BAD_QUERY, "If-None-Match: *", "If-Match: *"),
        post(400, BAD_QUERY, "contacts", "{}", "If-Match: W/\"0\""),
        write("DELETE", 412, MISMATCH, NANCY, "", "If-Match: W/\"99\""),
        write("DELETE", 400, BAD_QUERY, NANCY, "", "If-Match: '; DROP TABLE log.event; --"),
        write("DELETE", 400, BAD_QUERY, NANCY, "", "If-None-Match: *"),
        write("DELETE", 400, BAD_QUERY, NANCY + "/jobtitle", "", "If-None-Match: *"),
        write("PUT", 400, BAD_QUERY, NANCY + "/jobtitle", "{\"value\":\"x\"}", "If-None-Match: *"),
        get(400, BAD_QUERY, NANCY, "If-None-Match: x"));
  }

  private static List<HostileRequest> others() {
    return List.of(
        get(400, BAD_QUERY, "contacts", "Prefer: " + "a,".repeat(10_000)),
        get(400, BAD_QUERY, "contacts", "Prefer: odata.maxpagesize=0"),
        get(400, BAD_QUERY, "contacts", "Prefer: odata.maxpagesize=-5"),
        get(400, BAD_QUERY, "contacts", "Prefer: odata.maxpagesize=1;DROP TABLE"),
        get(400, BAD_QUERY, "contacts", "Prefer: return=\"representation"),
        get(400, BAD_QUERY, "contacts", "Rowstream-Min-Position: -1"),
        get(400, BAD_QUERY, "contacts", "Rowstream-Min-Position: 1 OR 1=1"),
        get(400, BAD_QUERY, "contacts", "Rowstream-Min-Position: 9999999999999999999"),
        get(400, BAD_QUERY, "contacts", "MSCRMCallerID: Bea"),
        get(400, BAD_QUERY, NANCY, "MSCRMCallerID: ' OR 1=1 --"),
        get(403, NOT_ALLOWED, NANCY, "MSCRMCallerID: 99999999-9999-4999-8999-999999999999"),
        change(400, BAD_QUERY, "MSCRMCallerID: Bea"),
        change(403, NOT_ALLOWED, "MSCRMCallerID: 99999999-9999-4999-8999-999999999999"),
        get(400, BAD_QUERY, NANCY, BEA, BEA),
        get(400, BAD_QUERY, "contacts", "Rowstream-Min-Position: 1", "Rowstream-Min-Position: 2"),
        change(400, BAD_QUERY, BEA, BEA),
        change(400, BAD_QUERY, "Idempotency-Key: a", "Idempotency-Key: b"),
        change(400, BAD_QUERY, "Idempotency-Key:"),
        change(400, BAD_QUERY, "Idempotency-Key: a b"),
        change(400, BAD_QUERY, "Idempotency-Key: \u00e9"),
        change(400, BAD_QUERY, "Idempotency-Key: " + "a".repeat(201)),
        change(400, BAD_QUERY, "Rowstream-Client-Id: " + "a".repeat(201)),
        change(400, BAD_QUERY, "Prefer: rowstream.merge,rowstream.overwrite"));
  }

  /// What could be read in two ways is read in none.
  private static List<HostileRequest> framing() {
    return List.of(
        octets(
            400, CREATE + "Host: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
        octets(400, CREATE + "Host: localhost\r\nContent-Length: 2,3\r\n\r\n{} "),
        octets(400, CREATE + "Host: localhost\r\nContent-Length: -2\r\n\r\n{}"),
        octets(400, CREATE + "Host: localhost\r\nContent-Length: +2\r\n\r\n{}"),
        octets(400, CREATE + "Host: localhost\r\nContent-Length: 0x2\r\n\r\n{}"),
        octets(400, CREATE + "Host: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
        octets(400, CREATE + CHUNKED + "zz\r\n{}\r\n0\r\n\r\n"),
        octets(400, CREATE + CHUNKED + "2\r\n{}\r\nzz\r\n"),
        octets(400, CREATE + CHUNKED + "2\r\n{}\r\n0\r\nnot a trailer\r\n\r\n"),
        octets(400, CREATE + CHUNKED + "-2\r\n{}\r\n0\r\n\r\n"),
        octets(400, CREATE + CHUNKED + "fffffffff\r\n{}\r\n0\r\n\r\n"),
        octets(
            400,
            CREATE
                + "Host: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\n{}\r\n0\r\n\r\n"),
        octets(400, CREATE + "Host: localhost\r\nTransfer-Encoding: gzip\r\n\r\n{}"),
        octets(
            400, CREATE + "Host: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        octets(
            400,
            CREATE
                + "Host: localhost\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}"));
  }

  private static List<HostileRequest> lines() {
    return List.of(
        octets(400, READ + "\r\n"),
        octets(400, READ + "Host: a\r\nHost: b\r\n\r\n"),
        octets(400, READ + "Host:\r\n\r\n"),
        octets(400, READ + "Host: a/b?c#d\r\n\r\n"),
        octets(400, READ + "Host: a b\r\n\r\n"),
        octets(400, READ + "Host: localhost\r\nPrefer : a\r\n\r\n"),
        octets(400, READ + "Host: localhost\r\nno colon\r\n\r\n"),
        octets(400, READ + "Host: localhost\r\nX: a\u0000b\r\n\r\n"),
        octets(400, READ + "Host: localhost\r\nX\u0001: a\r\n\r\n"),
        octets(400, READ + "Host: localhost\r\n(X): a\r\n\r\n"),
        octets(431, READ + "Host: localhost\r\n" + "X: y\r\n".repeat(20_000) + "\r\n"),
        octets(431, READ + "Host: localhost\r\nX: " + "y".repeat(100_000) + "\r\n\r\n"),
        octets(400, "GET\r\n\r\n"),
        octets(400, "GET /\r\n\r\n"),
        octets(400, "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET / HTTP/1.1 x\r\nHost: localhost\r\n\r\n"),
        octets(400, "G\u0001T / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET / SPDY/1\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET contacts HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        octets(400, "GET file:///etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        octets(400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        octets(400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"));
  }

  private static HostileRequest change(int status, String code, String... fields) {
    return write("PATCH", status, code, NANCY, "{\"jobtitle\":\"never\"}", fields);
  }
}
