package io.rowstream.query.push;

import io.rowstream.language.RecordRef;
import io.rowstream.language.entity.EntityType;
import io.rowstream.odata.column.Column.LookupId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client asks for when it opens a watch.
///
/// @param cursor where to go on; null to begin as the other parameters say
/// @param initial whether to begin with the present state of what matches
/// @param fromStart whether to begin with the first event there is
/// @param waitTime how long to wait for something to tell
record WatchRequest(
    WatchFilter filter,
    @Nullable String cursor,
    boolean initial,
    boolean fromStart,
    Duration waitTime) {

  /// The parameter of those who do not want a stream.
  static final String WAIT = "wait";

  /// Each parameter and what it means.
  static final Map<String, String> PARAMETERS =
      Map.of(
          "record", "A record, `contacts(<id>)`; may be given several times.",
          "entity",
              "An entity set, `contacts`; may be given several times. Neither this nor `record`:"
                  + " everything the caller may read.",
          "attributes", "Only changes to these, separated by commas.",
          "initial", "`true` for the present state of what matches first.",
          "from", "`now`, where a watch begins unless it says otherwise, or `start`.",
          "cursor", "The `id` of the last frame that was seen: goes on behind it.",
          "filter", "Not supported yet; refused.");

  private static final Pattern RECORD =
      Pattern.compile(
          "([a-z][a-z0-9_]{0,99})\\(([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\)");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern LOGICAL_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final int QUOTED_LENGTH_MAX = 100;

  /// @param known the parameters there are
  /// @param lastEventId the header; it wins over the parameter `cursor`, because a browser that
  ///   reconnects sends it with the URL it began with
  static WatchRequest of(
      Map<String, List<String>> parameters,
      Set<String> known,
      @Nullable String lastEventId,
      WatchCatalogue catalogue,
      WatchSettings settings)
      throws BadWatchException {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw new BadWatchException("The parameter '" + quoted(name) + "' is not known here.");
      }
    }
    if (parameters.containsKey("filter")) {
      throw new BadWatchException("The parameter 'filter' is not supported yet.");
    }
    boolean initial = flag(one(parameters, "initial"));
    boolean fromStart = fromStart(one(parameters, "from"));
    if (initial && fromStart) {
      throw new BadWatchException("Either 'initial=true' or 'from=start', not both.");
    }
    String cursor =
        lastEventId == null || lastEventId.isEmpty() ? one(parameters, "cursor") : lastEventId;
    var wait = wait(one(parameters, WAIT), settings.polls().waitMax());
    var filter = filter(parameters, catalogue, settings.filterTermsMax());
    boolean begun = cursor != null && !cursor.isEmpty();
    return new WatchRequest(filter, begun ? cursor : null, initial, fromStart, wait);
  }

  private static WatchFilter filter(
      Map<String, List<String>> parameters, WatchCatalogue catalogue, int termsMax)
      throws BadWatchException {
    Set<EntityType> types = new HashSet<>();
    Set<RecordRef> records = new HashSet<>();
    for (String text : parameters.getOrDefault("record", List.of())) {
      var matcher = RECORD.matcher(text == null ? "" : text);
      if (!matcher.matches()) {
        throw new BadWatchException(
            "'" + quoted(text) + "' is not a record; write it as contacts(<id>).");
      }
      var type = type(matcher.group(1), catalogue);
      types.add(type);
      records.add(new RecordRef(type.name(), UUID.fromString(matcher.group(2))));
    }
    Set<String> entityTypes = new HashSet<>();
    for (String setName : parameters.getOrDefault("entity", List.of())) {
      var type = type(setName == null ? "" : setName, catalogue);
      types.add(type);
      entityTypes.add(type.name());
    }
    Set<String> attributes = attributes(parameters.getOrDefault("attributes", List.of()), types);
    if (records.size() + entityTypes.size() + attributes.size() > termsMax) {
      throw new BadWatchException(
          "A watch names at most " + termsMax + " records, entity sets and attributes.");
    }
    return new WatchFilter(records, entityTypes, attributes);
  }

  private static EntityType type(String setName, WatchCatalogue catalogue)
      throws BadWatchException {
    return catalogue
        .bySetName(setName)
        .orElseThrow(
            () -> new BadWatchException("There is no entity set '" + quoted(setName) + "'."));
  }

  private static Set<String> attributes(List<String> lists, Set<EntityType> types)
      throws BadWatchException {
    Set<String> names = new HashSet<>();
    for (String list : lists) {
      for (String column : (list == null ? "" : list).split(",", -1)) {
        String name = LookupId.attributeOf(column);
        boolean known =
            types.isEmpty()
                ? LOGICAL_NAME.matcher(name).matches()
                : types.stream().anyMatch(type -> type.attribute(name) != null);
        if (!known) {
          throw new BadWatchException("There is no attribute '" + quoted(column) + "'.");
        }
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable String one(Map<String, List<String>> parameters, String name)
      throws BadWatchException {
    var values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new BadWatchException("The parameter '" + name + "' is given more than once.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private static boolean flag(@Nullable String text) throws BadWatchException {
    return switch (text) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadWatchException("'initial' is true or false.");
    };
  }

  private static boolean fromStart(@Nullable String text) throws BadWatchException {
    return switch (text) {
      case null -> false;
      case "now" -> false;
      case "start" -> true;
      default -> throw new BadWatchException("'from' is now or start.");
    };
  }

  private static Duration wait(@Nullable String text, Duration max) throws BadWatchException {
    if (text == null) {
      return Duration.ZERO;
    }
    var wait = SECONDS.matcher(text).matches() ? Duration.ofSeconds(Long.parseLong(text)) : null;
    if (wait == null || wait.compareTo(max) > 0) {
      throw new BadWatchException("'wait' is 0 to " + max.toSeconds() + ", in seconds.");
    }
    return wait;
  }

  private static String quoted(@Nullable String text) {
    var given = text == null ? "" : text;
    return given.length() <= QUOTED_LENGTH_MAX ? given : given.substring(0, QUOTED_LENGTH_MAX);
  }
}
