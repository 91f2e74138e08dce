package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The query of a URL. Whatever is not supported has been refused: nothing a client asks for is
/// silently left out.
///
/// @param select the properties asked for; empty for all
/// @param top the most records wanted; null when not said
/// @param count whether the number of all matching records is wanted too
/// @param skipToken where to go on, from a `@odata.nextLink`; opaque here
/// @param deltaToken since when changes are asked for, from a `@odata.deltaLink`; opaque here
/// @param withoutTokens the query as it came, but for `$skiptoken` and `$deltatoken`
/// @param apply null where records are wanted, rather than groups of them; what it filters by is in
///   `filter`
public record QueryOptions(
    List<String> select,
    @Nullable Filter filter,
    List<SortKey> orderBy,
    @Nullable Integer top,
    boolean count,
    List<Expand> expand,
    @Nullable String skipToken,
    @Nullable AsOf asOf,
    @Nullable String deltaToken,
    String withoutTokens,
    @Nullable Apply apply) {

  /// The longest query, in characters before decoding.
  public static final int LENGTH_MAX = 32 * 1024;

  /// The most options in one query.
  public static final int OPTIONS_MAX = 32;

  /// The most names in `$select`.
  public static final int SELECT_MAX = 1_000;

  /// No query at all.
  public static final QueryOptions NONE =
      new QueryOptions(
          List.of(), null, List.of(), null, false, List.of(), null, null, null, "", null);

  public QueryOptions {
    select = List.copyOf(select);
    orderBy = List.copyOf(orderBy);
    expand = List.copyOf(expand);
  }

  /// Reads a query as it came over the wire, without the question mark.
  ///
  /// @param raw null or empty when the URL has none
  /// @throws BadRequest if it is malformed, too long, or asks for what is not supported
  public static QueryOptions parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    if (raw.length() > LENGTH_MAX) {
      throw BadRequest.query("The query is longer than " + LENGTH_MAX + " characters.");
    }
    return new QueryParser().parse(raw);
  }

  /// The query of the following page.
  ///
  /// @param token safe in a URL without encoding
  public String next(String token) {
    return withoutTokens + separator() + "$skiptoken=" + token;
  }

  /// The query that asks for the changes since this answer.
  ///
  /// @param token safe in a URL without encoding
  public String delta(String token) {
    return withoutTokens + separator() + "$deltatoken=" + token;
  }

  private String separator() {
    return withoutTokens.isEmpty() ? "" : "&";
  }
}
