package io.rowstream.command.domain;

import io.rowstream.language.RecordRef;
import io.rowstream.language.command.Revision;
import io.rowstream.language.command.Revision.AddAttribute;
import io.rowstream.language.command.Revision.ChangeAttribute;
import io.rowstream.language.command.Revision.Create;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.AttributeType.Choice;
import io.rowstream.language.entity.AttributeType.GlobalSet;
import io.rowstream.language.entity.EntityType;
import io.rowstream.language.entity.OptionSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.modelling.command.Repository;

/// The global option sets whose options attributes of an entity type are about to share: locked,
/// told of it, and as the log has them.
final class JoinedOptionSets {
  private final Map<String, Choice> choices = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<RecordRef, Long> restsOn = new HashMap<>();

  private JoinedOptionSets() {}

  static JoinedOptionSets of(
      Repository<OptionSetAggregate> sets, String entityType, Revision revision) throws Exception {
    return of(sets, entityType, attributes(revision));
  }

  /// @throws io.rowstream.language.refusal.RefusedException if one is not there
  static JoinedOptionSets of(
      Repository<OptionSetAggregate> sets, String entityType, Collection<Attribute> attributes)
      throws Exception {
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Attribute attribute : attributes) {
      if (attribute.type() instanceof Choice(_, GlobalSet(String name, _))) {
        names.add(name);
      }
    }
    var joined = new JoinedOptionSets();
    for (String name : names) {
      RecordRef stream = OptionSet.stream(name);
      sets.loadOrCreate(stream.toString(), () -> new OptionSetAggregate(stream))
          .execute(set -> {
            joined.choices.put(name, set.join(name, entityType).choice());
            joined.restsOn.put(stream, set.version());
          });
    }
    return joined;
  }

  private static Collection<Attribute> attributes(Revision revision) {
    return switch (revision) {
      case Create(EntityType type) -> type.attributes().values();
      case AddAttribute(Attribute attribute) -> List.of(attribute);
      case ChangeAttribute(_, Attribute after) -> List.of(after);
      default -> List.of();
    };
  }

  /// The same revision, its choices with the options of the sets they name.
  Revision in(Revision revision) {
    return switch (revision) {
      case Create(EntityType type) -> new Create(in(type));
      case AddAttribute(Attribute attribute) -> new AddAttribute(in(attribute));
      case ChangeAttribute(var before, var after) -> new ChangeAttribute(before, in(after));
      default -> revision;
    };
  }

  EntityType in(EntityType type) {
    return choices.isEmpty() ? type : type.withTypes(this::in);
  }

  private Attribute in(Attribute attribute) {
    return new Attribute(attribute.name(), attribute.displayName(), in(attribute.type()));
  }

  private AttributeType in(AttributeType type) {
    return type instanceof Choice(_, GlobalSet(String name, _))
        ? choices.getOrDefault(name, (Choice) type)
        : type;
  }

  /// The versions of the sets.
  Map<RecordRef, Long> restsOn() {
    return restsOn;
  }
}
