package io.rowstream.odata.audit;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.FlatJson;
import io.rowstream.odata.text.GuidText;
import io.rowstream.odata.url.FunctionCall;
import io.rowstream.odata.url.ResourcePath;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import io.rowstream.odata.url.ServiceRoot;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What `RetrieveRecordChangeHistory` or `RetrieveAttributeChangeHistory` is asked for.
///
/// @param attribute null for all
/// @param page counted from 1
/// @param count entries on a page
/// @param counted whether the number of all entries is wanted too
/// @param cookie where to go on, from the answer before; null when not said
public record HistoryCall(
    Target target,
    @Nullable String attribute,
    int page,
    int count,
    boolean counted,
    @Nullable Long cookie) {
  public static final String RECORD = "RetrieveRecordChangeHistory";
  public static final String ATTRIBUTE = "RetrieveAttributeChangeHistory";

  /// The most entries on a page, and how many there are when nothing else is said.
  public static final int COUNT_MAX = 1_000;

  /// The highest number of a page; who wants more goes on with the cookie.
  public static final int PAGE_MAX = 1_000_000;

  private static final String NAMESPACE = "Microsoft.Dynamics.CRM.";

  /// The record whose history is wanted.
  public sealed interface Target {

    /// `{"@odata.id":"accounts(…)"}`
    record Path(SingleRecord path) implements Target {}

    /// `{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"…"}`
    record Typed(String entityType, UUID id) implements Target {}
  }

  /// @param rawQuery where aliases are defined
  /// @throws BadRequest if an argument is missing or cannot be understood
  public static HistoryCall of(FunctionCall call, @Nullable String rawQuery) {
    boolean ofAttribute = call.name().equals(ATTRIBUTE);
    var given =
        call.values(
            ofAttribute
                ? Set.of("Target", "AttributeLogicalName", "PagingInfo")
                : Set.of("Target", "PagingInfo"),
            rawQuery);
    var paging = given.get("PagingInfo");
    Map<String, String> page =
        paging == null || paging.equals("null") ? Map.of() : FlatJson.read(paging);
    return new HistoryCall(
        target(FlatJson.read(required(call, given, "Target"))),
        ofAttribute ? name(required(call, given, "AttributeLogicalName")) : null,
        number("PageNumber", page.getOrDefault("PageNumber", "1"), PAGE_MAX),
        Math.min(
            number("Count", page.getOrDefault("Count", "" + COUNT_MAX), Integer.MAX_VALUE),
            COUNT_MAX),
        page.getOrDefault("ReturnTotalRecordCount", "false").equals("true"),
        cookie(page.getOrDefault("PagingCookie", "")));
  }

  private static String required(FunctionCall call, Map<String, String> given, String parameter) {
    String value = given.get(parameter);
    if (value == null) {
      throw BadRequest.query(call.name() + " needs a value for " + parameter + ".");
    }
    return value;
  }

  private static Target target(Map<String, String> members) {
    String reference = members.get("@odata.id");
    if (reference != null) {
      String path = ServiceRoot.afterRootOfReference(reference);
      if (path == null || !(ResourcePath.parse(path) instanceof SingleRecord record)) {
        throw BadRequest.query("Target is no record: " + Quoted.of(reference) + ".");
      }
      return new Target.Path(record);
    }
    String type = members.getOrDefault("@odata.type", "");
    String qualified = type.startsWith("#") ? type.substring(1) : type;
    if (!qualified.startsWith(NAMESPACE)) {
      throw BadRequest.query("Target has neither an @odata.id nor an @odata.type.");
    }
    String name = qualified.substring(NAMESPACE.length());
    UUID id = GuidText.parse(members.getOrDefault(name + "id", ""));
    if (id == null) {
      throw BadRequest.query("Target has no guid as " + Quoted.of(name + "id") + ".");
    }
    return new Target.Typed(name, id);
  }

  private static String name(String quoted) {
    int end = quoted.length() - 1;
    boolean isQuoted =
        end > 0
            && (quoted.charAt(0) == '\'' || quoted.charAt(0) == '"')
            && quoted.charAt(end) == quoted.charAt(0);
    if (!isQuoted) {
      throw BadRequest.query(
          "AttributeLogicalName is a name in quotes, not " + Quoted.of(quoted) + ".");
    }
    return quoted.substring(1, end);
  }

  private static int number(String name, String text, int max) {
    long number = digits(text, 10);
    if (number < 1 || number > max) {
      throw BadRequest.query(name + " is a number from 1 to " + max + ".");
    }
    return (int) number;
  }

  private static @Nullable Long cookie(String text) {
    if (text.isEmpty()) {
      return null;
    }
    long version = digits(text, 18);
    if (version < 0) {
      throw BadRequest.query("The PagingCookie is damaged.");
    }
    return version;
  }

  /// @return -1 if the text is anything but digits
  private static long digits(String text, int lengthMax) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() <= lengthMax ? Long.parseLong(text) : -1;
  }
}
