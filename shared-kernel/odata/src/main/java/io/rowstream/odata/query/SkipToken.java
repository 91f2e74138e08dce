package io.rowstream.odata.query;

import io.rowstream.language.Value;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.odata.BadRequest;
import java.util.List;
import java.util.UUID;

/// Where a page of a list ended: what its last record holds in the columns the list is sorted by,
/// and its id. The next page is everything that sorts after, so records that come and go in between
/// make it neither skip nor repeat one.
///
/// As text it is opaque and carries a checksum, over the query's fingerprint too. The checksum
/// tells damage and mix-ups, it keeps no secret: whoever reads the list may read what is in it.
///
/// @param values in the order of the sorting; [Value.Empty] where the record has none, a
///   [Value.Guid] where the column is a lookup
public record SkipToken(List<Value> values, UUID id) {

  /// The longest token, in characters.
  public static final int LENGTH_MAX = 24 * 1024;

  public SkipToken {
    values = List.copyOf(values);
  }

  /// The token as it stands in a URL, safe there without encoding.
  ///
  /// @throws BadRequest if the values are too long to page by
  public String seal(int fingerprint) {
    String text = SkipTokenText.write(this, fingerprint);
    if (text.length() > LENGTH_MAX) {
      throw BadRequest.query("The values the list is sorted by are too long to page by.");
    }
    return text;
  }

  /// Reads a token back.
  ///
  /// @throws BadRequest if it is not one made for this sorting and fingerprint
  public static SkipToken open(String text, List<Sorting> order, int fingerprint) {
    SkipToken token = text.length() > LENGTH_MAX ? null : SkipTokenText.read(text, fingerprint);
    if (token == null || !token.fits(order)) {
      throw BadRequest.query("The $skiptoken is damaged or belongs to another query.");
    }
    return token;
  }

  private boolean fits(List<Sorting> order) {
    if (order.size() != values.size()) {
      return false;
    }
    for (int i = 0; i < order.size(); i++) {
      if (!fits(values.get(i), order.get(i).column().column().type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Value value, AttributeType type) {
    if (value.isEmpty()) {
      return true;
    }
    return switch (type) {
      case AttributeType.Text _, AttributeType.Memo _ -> value instanceof Value.Text;
      case AttributeType.WholeNumber _, AttributeType.BigInteger _, AttributeType.Choice _ ->
          value instanceof Value.Whole;
      case AttributeType.Decimal _, AttributeType.Money _ -> value instanceof Value.Decimal;
      case AttributeType.YesNo _ -> value instanceof Value.YesNo;
      case AttributeType.DateTime _ -> value instanceof Value.DateTime;
      case AttributeType.Lookup _, AttributeType.Guid _ -> value instanceof Value.Guid;
    };
  }
}
