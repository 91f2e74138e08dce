package io.rowstream.odata.definition;

import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.entity.AutoNumberFormat;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the members that only attributes of one kind have; what is not said stays as it is.
final class TypeMembers {
  private final JsonObject json;
  private final GlobalSets globalSets;
  private final boolean isNew;

  /// @param isNew whether there is no such attribute yet
  TypeMembers(JsonObject json, GlobalSets globalSets, boolean isNew) {
    this.json = json;
    this.globalSets = globalSets;
    this.isNew = isNew;
  }

  /// @throws BadRequest if a member does not fit
  /// @throws IllegalArgumentException if there can be no such type
  AttributeType over(AttributeType now) {
    return switch (now) {
      case AttributeType.Text(int lengthMax, var format) ->
          new AttributeType.Text(or(json.whole("MaxLength"), lengthMax), autoNumber(format));
      case AttributeType.Memo(int lengthMax) ->
          new AttributeType.Memo(or(json.whole("MaxLength"), lengthMax));
      case AttributeType.WholeNumber(int min, int max) ->
          new AttributeType.WholeNumber(
              or(json.whole("MinValue"), min), or(json.whole("MaxValue"), max));
      case AttributeType.BigInteger same -> {
        json.number("MinValue");
        json.number("MaxValue");
        yield same;
      }
      case AttributeType.Decimal(var min, var max, int scale) ->
          new AttributeType.Decimal(
              bound("MinValue", now, min), bound("MaxValue", now, max), precision(scale));
      case AttributeType.Money(var min, var max, int scale) ->
          new AttributeType.Money(
              bound("MinValue", now, min), bound("MaxValue", now, max), precision(scale));
      case AttributeType.YesNo same -> {
        Names.requireOff(json, "DefaultValue");
        json.object("OptionSet");
        yield same;
      }
      case AttributeType.DateTime(boolean dayOnly) -> time(dayOnly);
      case AttributeType.Choice choice -> choice(choice);
      case AttributeType.Lookup(var targets) -> lookup(targets);
      case AttributeType.Guid same -> same;
    };
  }

  private static int or(@Nullable Integer said, int otherwise) {
    return said == null ? otherwise : said;
  }

  private @Nullable AutoNumberFormat autoNumber(@Nullable AutoNumberFormat now) {
    String format = json.text("AutoNumberFormat");
    if (format == null) {
      return now;
    }
    return format.isEmpty() ? null : AutoNumberFormat.parse(format);
  }

  private BigDecimal bound(String member, AttributeType type, BigDecimal now) {
    BigDecimal bound = json.number(member);
    if (bound == null) {
      return now;
    }
    BigDecimal limit = AttributeKind.limit(type);
    if (bound.abs().compareTo(limit) > 0) {
      throw BadRequest.payload(
          member
              + " is within "
              + limit.negate().toPlainString()
              + ".."
              + limit.toPlainString()
              + ".");
    }
    return bound;
  }

  private int precision(int now) {
    return or(json.whole("Precision"), now);
  }

  private AttributeType time(boolean now) {
    JsonObject behavior = json.object("DateTimeBehavior");
    String kind = behavior == null ? null : behavior.text("Value");
    if (kind != null && !kind.equals("UserLocal")) {
      throw BadRequest.payload("DateTimeBehavior is UserLocal, not " + Quoted.of(kind) + ".");
    }
    String format = json.text("Format");
    return new AttributeType.DateTime(
        switch (format) {
          case null -> now;
          case "DateOnly" -> true;
          case "DateAndTime" -> false;
          default ->
              throw BadRequest.payload(
                  "Format is DateOnly or DateAndTime, not " + Quoted.of(format) + ".");
        });
  }

  private AttributeType choice(AttributeType.Choice now) {
    Integer byDefault = json.whole("DefaultFormValue");
    if (byDefault != null && byDefault != -1) {
      throw BadRequest.payload("DefaultFormValue is -1: a choice is empty until it is set.");
    }
    GlobalSet said = globalSets.boundBy(json);
    JsonObject set = json.object("OptionSet");
    json.object("GlobalOptionSet");
    if (isNew && said != null && set == null) {
      return new AttributeType.Choice(Map.of(), said);
    }
    if (said != null
        && (isNew || now.global() == null || !now.global().name().equalsIgnoreCase(said.name()))) {
      throw BadRequest.payload(
          "A choice has either options of its own or those of one GlobalOptionSet, for ever.");
    }
    return now.global() == null ? own(now.options(), set) : shared(now, now.global(), set);
  }

  private AttributeType own(Map<Integer, String> now, @Nullable JsonObject set) {
    if (set == null) {
      if (isNew) {
        throw BadRequest.payload("The member 'OptionSet' of a choice is missing.");
      }
      return new AttributeType.Choice(now);
    }
    Names.requireOff(set, "IsGlobal");
    var options = isNew ? OptionList.numbered(set) : OptionList.of(set);
    if (options.isEmpty()) {
      throw BadRequest.payload("The member 'Options' of an option set is missing or empty.");
    }
    return new AttributeType.Choice(options);
  }

  private static AttributeType shared(
      AttributeType.Choice now, GlobalSet global, @Nullable JsonObject set) {
    if (set != null && set.has("Options") && !OptionList.of(set).equals(now.options())) {
      throw BadRequest.payload(
          "The options are those of the global option set " + Quoted.of(global.name()) + ".");
    }
    return now;
  }

  private AttributeType lookup(Set<String> now) {
    List<String> targets = json.texts("Targets");
    if (!targets.isEmpty() && !Set.copyOf(targets).equals(now)) {
      throw BadRequest.payload("Targets stay " + String.join(", ", now) + ".");
    }
    return new AttributeType.Lookup(now);
  }
}
