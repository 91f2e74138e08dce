package io.rowstream.rivals;

import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/// Find, compare, save: one transaction for each.
@Service
class ContactEditing {
  private final Contacts contacts;

  ContactEditing(Contacts contacts) {
    this.contacts = contacts;
  }

  @Transactional
  public Contact create(UUID id, ContactBody body) {
    var contact = new Contact(id);
    contact.change(body);
    return contacts.saveAndFlush(contact);
  }

  @Transactional
  public Contact change(UUID id, long expectedVersion, ContactBody body) {
    Contact contact =
        contacts.findById(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    if (!Objects.equals(contact.version(), expectedVersion)) {
      throw new ResponseStatusException(HttpStatus.PRECONDITION_FAILED);
    }
    contact.change(body);
    return contacts.saveAndFlush(contact);
  }
}
