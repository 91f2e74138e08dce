package io.rowstream.odata.batch;

import io.rowstream.odata.BadRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The requests of a `$batch`, in the order in which they are to be carried out. Whoever receives
/// the body bounds its size.
///
/// @param steps at least one; together at most [#REQUESTS_MAX] requests
public record Batch(List<Step> steps) {

  /// The most requests in a batch, those in change sets included, as Dataverse has it.
  public static final int REQUESTS_MAX = 1_000;

  /// The longest boundary, in characters, as RFC 2046 has it.
  public static final int BOUNDARY_LENGTH_MAX = 70;

  /// The most header lines of one part, and of one request in it.
  public static final int HEADERS_MAX = 64;

  /// The longest header line, in octets.
  public static final int HEADER_LENGTH_MAX = 16 * 1024;

  /// The longest URL of a request, in octets.
  public static final int URL_LENGTH_MAX = 64 * 1024;

  /// The longest `Content-ID`, in characters.
  public static final int CONTENT_ID_LENGTH_MAX = 100;

  static final Set<String> READS = Set.of("GET", "HEAD");

  /// The methods a request may have; in a change set those only that write.
  public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE");

  /// What is carried out as one.
  public sealed interface Step {

    /// A request on its own.
    record Single(PartRequest request) implements Step {}

    /// Writes that succeed or fail together.
    ///
    /// @param members at least one; their content ids differ
    record ChangeSet(List<PartRequest> members) implements Step {
      public ChangeSet {
        members = List.copyOf(members);
      }
    }
  }

  public Batch {
    steps = List.copyOf(steps);
  }

  /// Reads a body of lines that end with CRLF or LF.
  ///
  /// @param contentType the header of the request; null when it has none
  /// @throws BadRequest if it is malformed, beyond a bound, or holds what a batch must not hold
  public static Batch parse(@Nullable String contentType, byte[] body) {
    return new BatchParser().parse(contentType, new Slice(body, 0, body.length));
  }
}
