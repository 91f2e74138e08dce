package io.rowstream.benchmarks.http;

import io.rowstream.benchmarks.workload.ContactChange;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// How one side wants to be asked: the same requests in its own words.
public enum Dialect {
  /// Rowstream's, which is the Dataverse Web API.
  ROWSTREAM("/actuator/health", "/api/data/v9.2/contacts(", ")", "W/\"", "\"") {
    @Override
    public byte[] create(UUID id, ContactChange body) {
      return request("PATCH", path(id), "If-None-Match: *\r\n", body.json());
    }

    @Override
    public String watchPath(UUID id) {
      return "/api/watch?record=contacts(" + id + ")";
    }

    @Override
    public byte[] page(String title) {
      return get(
          "/api/data/v9.2/contacts?$select=emailaddress1,jobtitle,description&$orderby=emailaddress1&$top="
              + PAGE_RECORDS
              + "&$filter=jobtitle%20eq%20%27"
              + encoded(title)
              + "%27");
    }

    @Override
    public String pageIndex() {
      return """
      CREATE INDEX ON view.record (
          lower(attributes ->> 'jobtitle'),
          (lower(left(attributes ->> 'emailaddress1', 200))) NULLS FIRST,
          id)
       WHERE entity_type = 'contact' AND NOT deleted\
      """;
    }
  },

  /// The Spring MVC and JPA service of docker/rivals.
  MVC_JPA("/ready", "/contacts/", "", "\"", "\"") {
    @Override
    public byte[] create(UUID id, ContactChange body) {
      return request("PUT", path(id), "", body.json());
    }

    @Override
    public String watchPath(UUID id) {
      return path(id) + "/watch";
    }

    @Override
    public byte[] page(String title) {
      return get("/contacts?jobtitle=" + encoded(title));
    }

    @Override
    public String pageIndex() {
      return "CREATE INDEX ON contact (jobtitle, emailaddress1)";
    }
  };

  /// Records on a page.
  public static final int PAGE_RECORDS = 50;

  private static final byte[] NO_BODY = {};

  private final String readyPath;
  private final String beforeId;
  private final String afterId;
  private final String beforeVersion;
  private final String afterVersion;

  Dialect(
      String readyPath,
      String beforeId,
      String afterId,
      String beforeVersion,
      String afterVersion) {
    this.readyPath = readyPath;
    this.beforeId = beforeId;
    this.afterId = afterId;
    this.beforeVersion = beforeVersion;
    this.afterVersion = afterVersion;
  }

  /// Answers 2xx at this path once it can be used.
  public String readyPath() {
    return readyPath;
  }

  public abstract byte[] create(UUID id, ContactChange body);

  public byte[] change(UUID id, long expectedVersion, ContactChange body) {
    String ifMatch = "If-Match: " + beforeVersion + expectedVersion + afterVersion + "\r\n";
    return request("PATCH", path(id), ifMatch, body.json());
  }

  public byte[] read(UUID id) {
    return get(path(id));
  }

  /// Where the changes of a record are watched.
  public abstract String watchPath(UUID id);

  /// The first page of the contacts with a job title, by e-mail address.
  public abstract byte[] page(String title);

  /// The index a page is read from.
  public abstract String pageIndex();

  private static String encoded(String text) {
    return text.replace(" ", "%20");
  }

  /// `GET path`, for any path.
  public static byte[] get(String path) {
    return request("GET", path, "", NO_BODY);
  }

  String path(UUID id) {
    return beforeId + id + afterId;
  }

  static byte[] request(String method, String path, String headers, byte[] body) {
    String contentHeaders =
        body.length == 0
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
    byte[] head =
        (method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + headers
                + contentHeaders
                + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }
}
