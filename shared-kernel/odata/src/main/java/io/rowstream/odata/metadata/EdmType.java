package io.rowstream.odata.metadata;

import io.rowstream.language.entity.AttributeType;
import java.math.BigDecimal;

/// Types of columns as CSDL names them: `Type` and its facets.
final class EdmType {

  private EdmType() {}

  /// XML attributes, names and values in turn. A choice is the number of its option, a lookup the
  /// id it refers to.
  static String[] facets(AttributeType type) {
    return switch (type) {
      case AttributeType.Text text -> text(text.lengthMax());
      case AttributeType.Memo(int lengthMax) -> text(lengthMax);
      case AttributeType.WholeNumber _, AttributeType.Choice _ -> named("Edm.Int32");
      case AttributeType.BigInteger _ -> named("Edm.Int64");
      case AttributeType.Decimal(var min, var max, int scale) -> decimal(min, max, scale);
      case AttributeType.Money(var min, var max, int scale) -> decimal(min, max, scale);
      case AttributeType.YesNo _ -> named("Edm.Boolean");
      case AttributeType.DateTime _ -> named("Edm.DateTimeOffset");
      case AttributeType.Lookup _, AttributeType.Guid _ -> named("Edm.Guid");
    };
  }

  private static String[] named(String name) {
    return new String[] {"Type", name};
  }

  private static String[] text(int lengthMax) {
    return new String[] {"Type", "Edm.String", "MaxLength", Integer.toString(lengthMax)};
  }

  private static String[] decimal(BigDecimal min, BigDecimal max, int scale) {
    int wholeDigits = Math.max(wholeDigits(min), wholeDigits(max));
    return new String[] {
      "Type", "Edm.Decimal",
      "Precision", Integer.toString(Math.max(1, wholeDigits + scale)),
      "Scale", Integer.toString(scale)
    };
  }

  private static int wholeDigits(BigDecimal number) {
    return Math.max(0, number.precision() - number.scale());
  }
}
