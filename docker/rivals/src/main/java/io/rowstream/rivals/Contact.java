package io.rowstream.rivals;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
class Contact {
  @Id private @Nullable UUID id;
  @Version private @Nullable Long version;
  private @Nullable String emailaddress1;
  private @Nullable String jobtitle;
  private @Nullable String description;

  Contact() {}

  Contact(UUID id) {
    this.id = id;
  }

  void change(ContactBody body) {
    emailaddress1 = body.emailaddress1();
    jobtitle = body.jobtitle();
    description = body.description();
  }

  @Nullable Long version() {
    return version;
  }

  ContactBody body() {
    return new ContactBody(emailaddress1, jobtitle, description);
  }
}
