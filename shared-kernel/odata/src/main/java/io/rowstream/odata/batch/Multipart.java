package io.rowstream.odata.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a multipart body at the lines that consist of its boundary.
final class Multipart {
  private enum Line {
    CONTENT,
    DELIMITER,
    CLOSE
  }

  private final Slice body;
  private final byte[] delimiter;

  private Multipart(Slice body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /// The parts, without what stands before the first and behind the last. The line break before a
  /// boundary belongs to the boundary.
  static List<Slice> parts(Slice body, String boundary, String where) {
    return new Multipart(body, boundary).parts(where);
  }

  private List<Slice> parts(String where) {
    var parts = new ArrayList<Slice>();
    int start = -1;
    int line = body.from();
    while (line < body.to()) {
      int next = body.lineEnd(line);
      Line kind = kind(line, next);
      if (kind != Line.CONTENT && start >= 0) {
        parts.add(body.between(start, body.withoutLineBreak(start, line)));
      }
      if (kind == Line.CLOSE) {
        return parts;
      }
      if (kind == Line.DELIMITER) {
        if (parts.size() == Batch.REQUESTS_MAX) {
          throw BatchParser.tooManyRequests();
        }
        start = next;
      }
      line = next;
    }
    throw Malformed.at(
        where,
        start < 0
            ? "no line in it is its boundary"
            : "it is not closed by its boundary with -- behind it");
  }

  private Line kind(int line, int next) {
    int end = line + delimiter.length;
    if (end > next || !Arrays.equals(body.octets(), line, end, delimiter, 0, delimiter.length)) {
      return Line.CONTENT;
    }
    boolean dashes = end + 2 <= next && body.octets()[end] == '-' && body.octets()[end + 1] == '-';
    if (!body.between(dashes ? end + 2 : end, next).isBlank()) {
      return Line.CONTENT;
    }
    return dashes ? Line.CLOSE : Line.DELIMITER;
  }
}
