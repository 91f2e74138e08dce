package io.rowstream.benchmarks.http;

import io.rowstream.benchmarks.workload.ContactChange;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// How one side wants to be asked: the same four requests in its own words.
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
  };

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
