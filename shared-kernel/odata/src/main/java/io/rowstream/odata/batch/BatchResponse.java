package io.rowstream.odata.batch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// The answer to a batch, written part by part: CRLF, no preamble, and boundaries by the names
/// clients look for. Not thread-safe.
public final class BatchResponse {
  private static final int BYTES = 4 * 1024;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES);
  private final Supplier<UUID> ids;
  private final String boundary;

  /// @param ids make boundaries unique
  public BatchResponse(Supplier<UUID> ids) {
    this.ids = ids;
    this.boundary = "batchresponse_" + ids.get();
  }

  /// The header that tells the boundary.
  public String contentType() {
    return "multipart/mixed; boundary=" + boundary;
  }

  /// What has been written so far, in octets.
  public int size() {
    return out.size();
  }

  /// Adds the answer to a request on its own, or to a change set that failed.
  public void add(PartResponse part) {
    part(boundary, part);
  }

  /// Adds the answers to the members of a change set.
  public void addChangeSet(List<PartResponse> members) {
    String inner = "changesetresponse_" + ids.get();
    line("--" + boundary);
    line("Content-Type: multipart/mixed; boundary=" + inner);
    line("");
    members.forEach(member -> part(inner, member));
    line("--" + inner + "--");
  }

  /// Closes the answer.
  public byte[] close() {
    line("--" + boundary + "--");
    return out.toByteArray();
  }

  private void part(String delimiter, PartResponse part) {
    line("--" + delimiter);
    line("Content-Type: application/http");
    line("Content-Transfer-Encoding: binary");
    if (part.contentId() != null) {
      line("Content-ID: " + part.contentId());
    }
    line("");
    line("HTTP/1.1 " + part.status() + " " + reason(part.status()));
    for (Header header : part.headers()) {
      line(header.name() + ": " + header.value());
    }
    line("");
    out.writeBytes(part.body());
    line("");
  }

  private void line(String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Letters and blanks only: some clients take nothing else.
  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 428 -> "Precondition Required";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      default -> status < 300 ? "Success" : status < 400 ? "Redirect" : "Error";
    };
  }
}
