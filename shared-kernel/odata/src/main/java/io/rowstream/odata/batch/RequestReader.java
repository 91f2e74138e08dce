package io.rowstream.odata.batch;

import io.rowstream.odata.Quoted;
import org.jspecify.annotations.Nullable;

/// Reads the HTTP request inside a part.
final class RequestReader {
  private static final int METHOD_AND_VERSION_MAX = 64;

  private RequestReader() {}

  static PartRequest read(Head part, boolean inChangeSet, String where) {
    Slice content = withoutEmptyLines(part.rest());
    int next = content.lineEnd(content.from());
    int end = content.withoutLineBreak(content.from(), next);
    String line =
        Head.text(
            content.between(content.from(), end),
            Batch.URL_LENGTH_MAX + METHOD_AND_VERSION_MAX,
            where);
    int afterMethod = line.indexOf(' ');
    int beforeVersion = line.lastIndexOf(" HTTP/1.");
    if (afterMethod <= 0 || beforeVersion <= afterMethod) {
      throw Malformed.at(where, Quoted.of(line) + " is not METHOD URL HTTP/1.1");
    }
    Head head = Head.read(content.between(next, content.to()), where);
    return new PartRequest(
        method(line.substring(0, afterMethod), inChangeSet, where),
        url(line.substring(afterMethod, beforeVersion).strip(), where),
        head.headers(),
        body(head, where),
        contentId(part, head, where));
  }

  private static Slice withoutEmptyLines(Slice content) {
    int start = content.from();
    while (start < content.to()) {
      int next = content.lineEnd(start);
      if (content.withoutLineBreak(start, next) > start) {
        break;
      }
      start = next;
    }
    return content.between(start, content.to());
  }

  private static String method(String method, boolean inChangeSet, String where) {
    if (!Batch.METHODS.contains(method)) {
      throw Malformed.at(where, "method " + Quoted.of(method) + " is not supported");
    }
    if (inChangeSet && Batch.READS.contains(method)) {
      throw Malformed.at(where, "a change set holds no " + method);
    }
    return method;
  }

  private static String url(String url, String where) {
    if (url.isEmpty() || url.length() > Batch.URL_LENGTH_MAX) {
      throw Malformed.at(where, "a URL has 1 to " + Batch.URL_LENGTH_MAX + " octets");
    }
    return url;
  }

  /// Without `Content-Length` the line breaks before the next boundary are no part of the body.
  private static byte[] body(Head head, String where) {
    String length = head.first("Content-Length");
    if (length == null) {
      return head.rest().stripTrailing().copy();
    }
    Slice rest = head.rest();
    int octets = number(length, rest.length());
    if (octets < 0 || !rest.between(rest.from() + octets, rest.to()).isBlank()) {
      throw Malformed.at(
          where, "the body does not have the length of Content-Length " + Quoted.of(length));
    }
    return rest.between(rest.from(), rest.from() + octets).copy();
  }

  /// @return -1 if the text is not a number from 0 to `max`
  private static int number(String text, int max) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      number = number * 10 + digit;
      if (digit < 0 || digit > 9 || number > max) {
        return -1;
      }
    }
    return text.isEmpty() ? -1 : (int) number;
  }

  private static @Nullable String contentId(Head part, Head request, String where) {
    String id = part.first("Content-ID");
    if (id == null) {
      id = request.first("Content-ID");
    }
    if (id != null
        && (id.isEmpty()
            || id.length() > Batch.CONTENT_ID_LENGTH_MAX
            || !id.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '?'))) {
      throw Malformed.at(where, Quoted.of(id) + " is no Content-ID");
    }
    return id;
  }
}
