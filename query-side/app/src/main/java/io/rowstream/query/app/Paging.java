package io.rowstream.query.app;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How many entries of a list there are on a page, and how many are left to show on all pages;
/// Dataverse ignores `$top` when a page size is preferred.
///
/// @param left null for all there are
record Paging(int limit, @Nullable Integer left) {
  private static final Pattern TOP = Pattern.compile("(^|&)((?:\\$|%24)top)=[^&]*");

  /// @param pageSizeMax the most entries on one page, whatever the request asks for
  static Paging of(ReadRequest request, int pageSizeMax) {
    Integer top = request.options().top();
    int pageSize = Math.min(request.preferences().pageSize(), pageSizeMax);
    return top == null || request.preferences().maxPageSize() != null
        ? new Paging(pageSize, null)
        : new Paging(Math.min(top, pageSize), top);
  }

  /// Whether no entry at all is asked for.
  boolean isEmpty() {
    return limit == 0;
  }

  /// The query of the page after one with `shown` entries; null when nothing is left to show.
  ///
  /// @param token where that page begins, safe in a URL without encoding
  @Nullable String next(ReadRequest request, int shown, String token) {
    String options = request.options().next(token);
    if (left == null) {
      return options;
    }
    return left <= shown ? null : TOP.matcher(options).replaceFirst("$1\\$top=" + (left - shown));
  }
}
