package io.rowstream.rivals;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
class ContactController {
  private final Contacts contacts;
  private final ContactEditing editing;
  private final ContactWatchers watchers;

  ContactController(Contacts contacts, ContactEditing editing, ContactWatchers watchers) {
    this.contacts = contacts;
    this.editing = editing;
    this.watchers = watchers;
  }

  @GetMapping("/ready")
  String ready() {
    return "ready";
  }

  @PutMapping("/contacts/{id}")
  ResponseEntity<Void> create(@PathVariable UUID id, @RequestBody ContactBody body) {
    return ResponseEntity.status(HttpStatus.CREATED).eTag(eTag(editing.create(id, body))).build();
  }

  @PatchMapping("/contacts/{id}")
  ResponseEntity<Void> change(
      @PathVariable UUID id,
      @RequestHeader("If-Match") String ifMatch,
      @RequestBody ContactBody body) {
    long expectedVersion = Long.parseLong(ifMatch.replace("\"", ""));
    Contact changed = editing.change(id, expectedVersion, body);
    watchers.tell(id, expectedVersion + 1, body);
    return ResponseEntity.noContent().eTag(eTag(changed)).build();
  }

  @GetMapping("/contacts/{id}/watch")
  SseEmitter watch(@PathVariable UUID id) throws IOException {
    return watchers.watch(id);
  }

  @GetMapping("/contacts/{id}")
  ResponseEntity<ContactBody> read(@PathVariable UUID id) {
    return contacts
        .findById(id)
        .map(contact -> ResponseEntity.ok().eTag(eTag(contact)).body(contact.body()))
        .orElse(ResponseEntity.notFound().build());
  }

  @GetMapping("/contacts")
  List<ContactBody> page(@RequestParam String jobtitle) {
    return contacts.findFirst50ByJobtitleOrderByEmailaddress1(jobtitle).stream()
        .map(Contact::body)
        .toList();
  }

  /// Two changes met between find and flush: `@Version` let one of them through.
  @ExceptionHandler(OptimisticLockingFailureException.class)
  @ResponseStatus(HttpStatus.PRECONDITION_FAILED)
  void conflict() {}

  private static String eTag(Contact contact) {
    return "\"" + contact.version() + "\"";
  }
}
