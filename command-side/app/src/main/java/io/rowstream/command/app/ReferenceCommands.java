package io.rowstream.command.app;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.command.RecordCommand.RemoveReference;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.column.Columns;
import io.rowstream.odata.column.EntityModel;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.json.RecordPayload;
import io.rowstream.odata.json.Reference;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath.Member;
import io.rowstream.odata.url.ResourcePath.MemberItemReference;
import io.rowstream.odata.url.ResourcePath.MemberReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What writes through navigation properties mean: `accounts(…)/primarycontactid/$ref`,
/// `accounts(…)/contact_customer_accounts(…)/$ref`, `POST accounts(…)/contact_customer_accounts`.
record ReferenceCommands(RecordCommands records, WriteRequest request, Supplier<UUID> newId) {

  /// @throws MethodNotAllowedException if the method has no meaning for the path
  List<RecordCommand> commands() {
    HttpMethod method = request.method();
    return switch (request.path()) {
      case Member(String set, Key key, String name) when method.equals(HttpMethod.POST) -> {
        var owner = owner(set, key);
        var related = collection(owner, name);
        yield records.create(request, related.columns(), refer(related, owner.record()), newId);
      }
      case MemberReference(String set, Key key, String name)
          when method.equals(HttpMethod.POST) -> {
        var owner = owner(set, key);
        var related = collection(owner, name);
        yield change(
            new UpdateRecord(
                inBody(related.columns()), refer(related, owner.record()), Expectation.NONE));
      }
      case MemberReference(String set, Key key, String name) when method.equals(HttpMethod.PUT) ->
          set(records.address(request, set, key), name);
      case MemberReference(String set, Key key, String name)
          when method.equals(HttpMethod.DELETE) ->
          remove(set, key, name);
      case MemberItemReference(String set, Key key, String name, Key item)
          when method.equals(HttpMethod.DELETE) -> {
        var owner = owner(set, key);
        var related = collection(owner, name);
        yield remove(owner, related, existing(RecordAddress.of(related.columns(), item)));
      }
      default -> throw new MethodNotAllowedException();
    };
  }

  private List<RecordCommand> set(RecordAddress address, String name) {
    Columns.Binding binding = binding(address, name);
    RecordRef target = inBody(records.sets().columns(binding.target()));
    return records.update(
        request, address, Map.of(binding.attribute().name(), new Value.Lookup(target)), newId);
  }

  private List<RecordCommand> remove(String set, Key key, String name) {
    String related = request.relatedId();
    if (related == null) {
      var address = records.address(request, set, key);
      return records.update(
          request,
          address,
          Map.of(binding(address, name).attribute().name(), Value.empty()),
          newId);
    }
    var owner = owner(set, key);
    var collection = collection(owner, name);
    return remove(owner, collection, reference(related, collection.columns()));
  }

  private List<RecordCommand> remove(
      Owner owner, EntityModel.Collection collection, RecordRef record) {
    return change(
        new RemoveReference(record, collection.lookup().name(), owner.record(), Expectation.NONE));
  }

  /// A related record is not the one a condition would be about.
  private List<RecordCommand> change(RecordCommand ofRelated) {
    if (!(request.ifMatch() instanceof Condition.None)) {
      throw BadRequest.query("If-Match has no meaning for a reference in a collection.");
    }
    return List.of(ofRelated);
  }

  private record Owner(Columns columns, RecordRef record) {}

  private Owner owner(String set, Key key) {
    var address = RecordAddress.of(records.sets().require(set), key);
    return new Owner(address.columns(), existing(address));
  }

  private RecordRef existing(RecordAddress address) {
    RecordRef record =
        address.known() == null ? records.sets().holder(address.key()) : address.known();
    if (record == null) {
      throw new RefusedException(
          new Refusal.KeyNotFound(
              address.columns().entityType().name(),
              address.key() == null ? "" : address.key().key().name()));
    }
    return record;
  }

  private EntityModel.Collection collection(Owner owner, String name) {
    var found = records.sets().collection(owner.columns().entityType().name(), name);
    if (found == null) {
      throw noSuch(owner.columns(), name);
    }
    return found;
  }

  private static Columns.Binding binding(RecordAddress address, String name) {
    Columns.Binding binding = address.columns().binding(name);
    if (binding == null) {
      throw noSuch(address.columns(), name);
    }
    return binding;
  }

  private static BadRequest noSuch(Columns columns, String name) {
    return BadRequest.query(
        "Records of "
            + columns.entityType().setName()
            + " have no such navigation property: "
            + Quoted.of(name)
            + ".");
  }

  private static Map<String, Value> refer(EntityModel.Collection collection, RecordRef owner) {
    return Map.of(collection.lookup().name(), new Value.Lookup(owner));
  }

  private RecordRef inBody(Columns columns) {
    return reference(RecordPayload.reference(request.body()), columns);
  }

  private RecordRef reference(String text, Columns columns) {
    @Nullable RecordRef record = Reference.parse(text, records.referable(request));
    if (record == null || !record.entityType().equals(columns.entityType().name())) {
      throw BadRequest.payload(
          "A reference to one " + columns.entityType().name() + " is expected.");
    }
    return record;
  }
}
