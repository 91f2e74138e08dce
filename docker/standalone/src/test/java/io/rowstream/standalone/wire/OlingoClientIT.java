package io.rowstream.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.olingo.client.api.communication.ODataClientErrorException;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.api.uri.FilterFactory;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The Java client of Apache Olingo, as Maven Central serves it, works unchanged.
class OlingoClientIT {
  private static WireService service;
  private static OlingoContacts contacts;

  @BeforeAll
  static void start() {
    service = new WireService();
    contacts = new OlingoContacts("http://127.0.0.1:" + service.port() + "/api/data/v9.2/");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ODataClientErrorException refused(ThrowingCallable request, int status) {
    var refused = catchThrowableOfType(ODataClientErrorException.class, request);
    assertThat(refused.getStatusLine().getStatusCode()).isEqualTo(status);
    return refused;
  }

  @Test
  void the_metadata_and_the_service_document_name_the_same_sets() {
    var client = OlingoContacts.CLIENT.getRetrieveRequestFactory();

    var edm = client.getMetadataRequest(contacts.root()).execute().getBody();
    var document = client.getServiceDocumentRequest(contacts.root()).execute().getBody();

    assertThat(edm.getEntityContainer().getEntitySets())
        .map(EdmEntitySet::getName)
        .contains("accounts", "contacts", "tasks")
        .containsExactlyInAnyOrderElementsOf(document.getEntitySetNames());
    assertThat(edm.getEntityType(OlingoContacts.TYPE).getNavigationPropertyNames())
        .contains("parentcustomerid_account", "Contact_Tasks");
  }

  @Test
  void values_of_every_type_are_written_and_read() {
    var values = OlingoContacts.CLIENT.getObjectFactory();
    var person = OlingoContacts.person("Ann", "engineer");
    person
        .getProperties()
        .addAll(
            List.of(
                values.newPrimitiveProperty(
                    "creditlimit",
                    values.newPrimitiveValueBuilder().buildDecimal(new BigDecimal("12.5"))),
                values.newPrimitiveProperty(
                    "donotemail", values.newPrimitiveValueBuilder().buildBoolean(true)),
                values.newPrimitiveProperty(
                    "statecode", values.newPrimitiveValueBuilder().buildInt32(1)),
                values.newPrimitiveProperty(
                    "mobilephone", values.newPrimitiveValueBuilder().buildString(null)),
                OlingoContacts.time("birthdate", "2026-11-21T10:00:00Z")));
    contacts.bindToAdventureWorks(person);

    var read = contacts.read(contacts.create(person)).getBody();

    assertThat(OlingoContacts.text(read, "fullname")).isEqualTo("Ann");
    assertThat(OlingoContacts.text(read, "creditlimit")).isEqualTo("12.5");
    assertThat(OlingoContacts.text(read, "donotemail")).isEqualTo("true");
    assertThat(OlingoContacts.text(read, "statecode")).isEqualTo("1");
    assertThat(read.getProperty("mobilephone").hasNullValue()).isTrue();
    assertThat(OlingoContacts.text(read, "birthdate")).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(OlingoContacts.text(read, "_parentcustomerid_value"))
        .isEqualTo(OlingoContacts.ADVENTURE_WORKS.toString());
  }

  @Test
  void a_create_answers_with_the_record_when_it_is_asked_to() {
    var request = contacts.creation(OlingoContacts.person("Ann", "engineer"));
    request.setPrefer(OlingoContacts.CLIENT.newPreferences().returnRepresentation());

    var created = request.execute();

    assertThat(created.getStatusCode()).isEqualTo(201);
    assertThat(created.getBody().getETag()).isEqualTo("W/\"0\"");
    assertThat(OlingoContacts.text(created.getBody(), "jobtitle")).isEqualTo("engineer");
  }

  @Test
  void a_stale_change_and_a_stale_delete_are_refused_and_understood() {
    URI ann = contacts.create(OlingoContacts.person("Ann", "engineer"));
    String read = contacts.read(ann).getETag();

    assertThat(contacts.change(ann, read, "manager").execute().getStatusCode()).isEqualTo(204);
    var stale = refused(() -> contacts.change(ann, read, "owner").execute(), 412);
    refused(() -> contacts.deletion(ann, read).execute(), 412);

    assertThat(stale.getODataError().getCode()).isEqualTo("0x80060882");
    assertThat(stale.getODataError().getMessage())
        .startsWith("The version of the existing record doesn't match");
    assertThat(OlingoContacts.text(contacts.read(ann).getBody(), "jobtitle")).isEqualTo("manager");
  }

  @Test
  void a_deleted_record_is_gone() {
    URI ann = contacts.create(OlingoContacts.person("Ann", "engineer"));

    int status = contacts.deletion(ann, contacts.read(ann).getETag()).execute().getStatusCode();

    assertThat(status).isEqualTo(204);
    assertThat(refused(() -> contacts.read(ann), 404).getODataError().getCode())
        .isEqualTo("0x80040217");
  }

  @Test
  void a_list_is_filtered_ordered_selected_expanded_and_counted() {
    // Olingo leaves the doubling of quotes to its caller.
    String job = "it''s {all} \"in\" <one>";
    for (String name : List.of("Ann", "Eve", "Lee")) {
      var person = OlingoContacts.person(name, job.replace("''", "'"));
      contacts.bindToAdventureWorks(person);
      contacts.create(person);
    }
    FilterFactory filters = OlingoContacts.CLIENT.getFilterFactory();
    var names = filters.getArgFactory();
    var wanted =
        filters.and(
            filters.eq("jobtitle", job),
            filters.match(names.contains(names.property("fullname"), names.literal("e"))));

    ClientEntitySet page =
        contacts.list(
            contacts
                .uri()
                .filter(wanted)
                .orderBy("fullname desc")
                .select("fullname", "jobtitle")
                .expandWithSelect("parentcustomerid_account", "name")
                .count(true)
                .top(1)
                .build());

    assertThat(page.getCount()).isEqualTo(2);
    assertThat(page.getEntities()).hasSize(1);
    var lee = page.getEntities().getFirst();
    assertThat(OlingoContacts.text(lee, "fullname")).isEqualTo("Lee");
    assertThat(lee.getProperties())
        .map(ClientProperty::getName)
        .containsExactly("contactid", "fullname", "jobtitle", "parentcustomerid_account");
    var account = lee.getProperty("parentcustomerid_account").getComplexValue();
    assertThat(account.get("name").getPrimitiveValue().toString()).isEqualTo("Adventure Works");
  }

  @Test
  void pages_are_followed_to_the_end_and_records_counted() {
    for (String name : List.of("Ann", "Bob", "Cid", "Dee", "Eve")) {
      contacts.create(OlingoContacts.person(name, "paged"));
    }
    var paged = contacts.uri().filter("jobtitle eq 'paged'");

    var shown = new ArrayList<String>();
    URI next = paged.orderBy("fullname").build();
    while (next != null) {
      var request = contacts.listing(next);
      request.setPrefer(OlingoContacts.CLIENT.newPreferences().maxPageSize(2));
      ClientEntitySet page = request.execute().getBody();
      assertThat(page.getEntities()).hasSizeLessThanOrEqualTo(2);
      page.getEntities().forEach(each -> shown.add(OlingoContacts.text(each, "fullname")));
      next = page.getNext();
    }

    assertThat(shown).containsExactly("Ann", "Bob", "Cid", "Dee", "Eve");
    assertThat(contacts.count(contacts.uri().count().filter("jobtitle eq 'paged'").build()))
        .isEqualTo("5");
  }

  @Test
  void a_batch_writes_a_change_set_and_reads_what_it_made() {
    URI ann = contacts.create(OlingoContacts.person("Ann", "before"));
    var batch = OlingoBatch.of(contacts.root());
    batch
        .changeSet()
        .addRequest(contacts.creation(OlingoContacts.person("Bat", "batched")))
        .addRequest(contacts.change(URI.create("$1"), null, "made together"))
        .addRequest(contacts.change(ann, "W/\"0\"", "made together"));
    batch.read(contacts.uri().filter("jobtitle eq 'made together'").orderBy("fullname").build());

    assertThat(batch.answers()).containsExactly("204", "204", "204", "200 [Ann, Bat]");
  }

  @Test
  void a_change_set_with_one_stale_change_changes_nothing() {
    URI ann = contacts.create(OlingoContacts.person("Ann", "first"));
    var batch = OlingoBatch.thatGoesOn(contacts.root());
    batch
        .changeSet()
        .addRequest(contacts.change(ann, "W/\"0\"", "second"))
        .addRequest(contacts.change(ann, "W/\"7\"", "third"));
    batch.read(contacts.uri().filter("jobtitle eq 'second'").build());

    assertThat(batch.answers()).containsExactly("412", "200 []");
    assertThat(contacts.read(ann).getETag()).isEqualTo("W/\"0\"");
  }

  @Test
  void a_function_is_called() {
    var who =
        OlingoContacts.CLIENT
            .getInvokeRequestFactory()
            .getFunctionInvokeRequest(
                OlingoContacts.CLIENT
                    .newURIBuilder(contacts.root())
                    .appendOperationCallSegment("WhoAmI")
                    .build(),
                ClientProperty.class)
            .execute()
            .getBody();

    assertThat(who.getComplexValue().get("UserId").getPrimitiveValue().toString())
        .isEqualTo("11111111-1111-4111-8111-111111111111");
  }

  @Test
  void a_client_that_checks_everything_against_the_metadata_finds_nothing_amiss() {
    var checking = ODataClientFactory.getEdmEnabledClient(contacts.root());

    var page =
        checking
            .getRetrieveRequestFactory()
            .getEntitySetRequest(contacts.uri().orderBy("contactid").top(1).build())
            .execute()
            .getBody();

    var nancy = page.getEntities().getFirst();
    assertThat(nancy.getProperty("contactid").getPrimitiveValue().toValue())
        .isInstanceOf(UUID.class);
    assertThat(nancy.getProperty("createdon").getPrimitiveValue().toValue())
        .isInstanceOfSatisfying(
            Timestamp.class, created -> assertThat(created.toInstant()).isBefore(Instant.now()));
  }
}
