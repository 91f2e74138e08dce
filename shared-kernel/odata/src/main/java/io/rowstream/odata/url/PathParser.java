package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.ResourcePath.Batch;
import io.rowstream.odata.url.ResourcePath.BoundFunction;
import io.rowstream.odata.url.ResourcePath.Member;
import io.rowstream.odata.url.ResourcePath.MemberCount;
import io.rowstream.odata.url.ResourcePath.MemberItem;
import io.rowstream.odata.url.ResourcePath.MemberItemReference;
import io.rowstream.odata.url.ResourcePath.MemberReference;
import io.rowstream.odata.url.ResourcePath.MemberValue;
import io.rowstream.odata.url.ResourcePath.Metadata;
import io.rowstream.odata.url.ResourcePath.RecordCount;
import io.rowstream.odata.url.ResourcePath.RecordDifference;
import io.rowstream.odata.url.ResourcePath.RecordHistory;
import io.rowstream.odata.url.ResourcePath.RecordRestore;
import io.rowstream.odata.url.ResourcePath.RecordSet;
import io.rowstream.odata.url.ResourcePath.ServiceDocument;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Splits a path at its slashes, decodes each segment once and gives the sequence a meaning.
final class PathParser {
  private static final String HISTORY = "rowstream.history";
  private static final String DIFFERENCE = "rowstream.difference";
  private static final String RESTORE = "rowstream.restore";
  private static final Set<String> WORDS = Set.of(HISTORY, DIFFERENCE, RESTORE);
  private static final String FUNCTIONS = "Microsoft.Dynamics.CRM.";

  private PathParser() {}

  static ResourcePath parse(String raw) {
    if (ResourcePath.Definitions.areMeantBy(raw)) {
      return DefinitionsParser.parse(raw);
    }
    FunctionCall function = FunctionCall.parse(raw);
    return function == null ? ofRecords(raw) : function;
  }

  private static ResourcePath ofRecords(String raw) {
    List<Segment> segments = segments(raw);
    var path =
        switch (segments.size()) {
          case 0 -> new ServiceDocument();
          case 1 -> one(segments.getFirst());
          case 2 -> two(segments.getFirst(), segments.getLast());
          case 3 -> three(segments.getFirst(), segments.get(1), segments.getLast());
          default -> null;
        };
    if (path == null) {
      throw ResourcePath.unsupported(raw);
    }
    return path;
  }

  private static List<Segment> segments(String raw) {
    var segments = new ArrayList<Segment>(ResourcePath.SEGMENTS_MAX);
    int start = 0;
    while (start < raw.length()) {
      int slash = raw.indexOf('/', start);
      int end = slash < 0 ? raw.length() : slash;
      if (segments.size() == ResourcePath.SEGMENTS_MAX) {
        throw ResourcePath.unsupported(raw);
      }
      segments.add(Segment.parse(PercentText.path(raw.substring(start, end))));
      start = end + 1;
    }
    return segments;
  }

  private static @Nullable ResourcePath one(Segment only) {
    return switch (only) {
      case Segment.Name(String name) -> new RecordSet(name);
      case Segment.Keyed(String set, Key key) -> new SingleRecord(set, key);
      case Segment.Word(String word) ->
          switch (word) {
            case "$metadata" -> new Metadata();
            case "$batch" -> new Batch();
            default -> null;
          };
    };
  }

  private static @Nullable ResourcePath two(Segment first, Segment second) {
    return switch (first) {
      case Segment.Name(String set) when second.isWord("$count") -> new RecordCount(set);
      case Segment.Keyed(String set, Key key) ->
          switch (second) {
            case Segment.Name(String name) -> new Member(set, key, name);
            case Segment.Keyed(String name, Key item) -> new MemberItem(set, key, name, item);
            case Segment.Word(String word) -> ofRecord(set, key, word);
          };
      case Segment.Name _, Segment.Word _ -> null;
    };
  }

  private static @Nullable ResourcePath ofRecord(String set, Key key, String word) {
    return switch (word) {
      case HISTORY -> new RecordHistory(set, key);
      case DIFFERENCE -> new RecordDifference(set, key);
      case RESTORE -> new RecordRestore(set, key);
      default ->
          word.startsWith(FUNCTIONS)
              ? new BoundFunction(set, key, word.substring(FUNCTIONS.length()))
              : null;
    };
  }

  private static @Nullable ResourcePath three(Segment first, Segment second, Segment third) {
    if (!(first instanceof Segment.Keyed(String set, Key key))
        || !(third instanceof Segment.Word(String word))) {
      return null;
    }
    return switch (second) {
      case Segment.Name(String name) ->
          switch (word) {
            case "$value" -> new MemberValue(set, key, name);
            case "$count" -> new MemberCount(set, key, name);
            case "$ref" -> new MemberReference(set, key, name);
            default -> null;
          };
      case Segment.Keyed(String name, Key item) ->
          word.equals("$ref") ? new MemberItemReference(set, key, name, item) : null;
      case Segment.Word _ -> null;
    };
  }

  /// What stands between two slashes.
  private sealed interface Segment {

    record Name(String name) implements Segment {}

    record Keyed(String name, Key key) implements Segment {}

    /// A word of the protocol.
    record Word(String word) implements Segment {}

    default boolean isWord(String wanted) {
      return this instanceof Word(String word) && word.equals(wanted);
    }

    static Segment parse(String text) {
      if (text.startsWith("$") || text.startsWith(FUNCTIONS) || WORDS.contains(text)) {
        return new Word(text);
      }
      int open = text.indexOf('(');
      String name = open < 0 ? text : text.substring(0, open);
      if (!Lexer.isPlainName(name)) {
        throw BadRequest.query("Resource not found for the segment " + Quoted.of(text) + ".");
      }
      if (open < 0) {
        return new Name(name);
      }
      if (!text.endsWith(")")) {
        throw BadRequest.query("The key in " + Quoted.of(text) + " is not closed.");
      }
      return new Keyed(name, Key.parse(text.substring(open + 1, text.length() - 1)));
    }
  }
}
