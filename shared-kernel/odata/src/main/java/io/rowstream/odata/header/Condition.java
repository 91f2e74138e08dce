package io.rowstream.odata.header;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;
import java.util.ArrayList;
import java.util.List;

/// What `If-Match` or `If-None-Match` says. Tags are compared weakly: `"5"` and `W/"5"` are the
/// same.
public sealed interface Condition {

  /// The most tags in one header.
  int TAGS_MAX = 100;

  /// The header is not there.
  record None() implements Condition {}

  /// `*`: whatever the version, if only the record exists.
  record Any() implements Condition {}

  /// @param versions one or more; [ETag#NEVER] for a tag that is well-formed but names no version,
  ///   and so matches no record
  record Versions(List<Long> versions) implements Condition {
    public Versions {
      versions = List.copyOf(versions);
    }

    /// The one version a command can be given for this condition: of several, the one the record is
    /// at, or else the highest, which then does not match.
    public long expectedAt(long currentVersion) {
      return versions.contains(currentVersion)
          ? currentVersion
          : versions.stream().mapToLong(Long::longValue).max().orElse(ETag.NEVER);
    }
  }

  /// Whether a record that exists at this version has one of the tags.
  default boolean matches(long rowVersion) {
    return switch (this) {
      case None _ -> false;
      case Any _ -> true;
      case Versions(var versions) -> versions.contains(rowVersion);
    };
  }

  /// Reads the `If-Match` headers of a request.
  ///
  /// @param values one for each header line; empty when there is none
  /// @throws BadRequest if a value is not made of tags, or is empty: a sender that meant to guard
  ///   its change must not be taken for one that did not. So is the word `null`
  static Condition ifMatch(List<String> values) {
    for (String value : values) {
      if (value.isBlank()) {
        throw new BadRequest(
            ErrorCode.CONCURRENCY_VERSION_NOT_PROVIDED, "If-Match names no version.");
      }
    }
    return ConditionParser.parse("If-Match", values);
  }

  /// Reads the `If-None-Match` headers of a request.
  ///
  /// @param values one for each header line; the word `null`, which Dataverse clients send to keep
  ///   caches away, is no condition
  /// @throws BadRequest if a value is not made of tags
  static Condition ifNoneMatch(List<String> values) {
    var meant = new ArrayList<String>(values.size());
    for (String value : values) {
      if (!value.strip().equals("null")) {
        meant.add(value);
      }
    }
    return ConditionParser.parse("If-None-Match", meant);
  }

  /// The refusal of a header that is not made of tags.
  static BadRequest malformed(String header, String value) {
    return BadRequest.query(header + " " + Quoted.of(value) + " is not an entity tag, nor *.");
  }
}
