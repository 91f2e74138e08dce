package io.rowstream.rivals;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface Contacts extends JpaRepository<Contact, UUID> {
  List<Contact> findFirst50ByJobtitleOrderByEmailaddress1(String jobtitle);
}
