package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter.Said;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One firm with a chief and seven people, another with none.
class ExpandIT {
  private static final RecordRef FULL = new RecordRef("firm", new UUID(0x4000, 1L << 63));
  private static final RecordRef BARE = new RecordRef("firm", new UUID(0x4000, 1L << 63 | 1));
  private static final int PEOPLE = 7;
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer("rowstream.query.position-wait=5s");
    server.define(Contacts.SYSTEM_USER);
    server.define(RelatedQueryIT.FIRM);
    server.define(RelatedQueryIT.PERSON);
    server.create(Contacts.user(ReadServer.ADA), Map.of("fullname", Value.text("Ada Admin")));
    var said = new ArrayList<Said>();
    said.add(
        new Said(
            FULL,
            new RecordCreated(
                Map.of("name", Value.text("Full"), "chiefid", new Value.Lookup(person(0))))));
    said.add(new Said(BARE, new RecordCreated(Map.of("name", Value.text("Bare")))));
    for (int i = 0; i < PEOPLE; i++) {
      said.add(
          new Said(
              person(i),
              new RecordCreated(
                  Map.of(
                      "name", Value.text("P" + i),
                      "age", Value.whole(20 + i),
                      "belongsid", new Value.Lookup(FULL)))));
    }
    server.awaitCaughtUp(server.writer().append(said.toArray(Said[]::new)));
    Awaitility.await().until(() -> server.get("persons").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RecordRef person(int i) {
    return new RecordRef("person", new UUID(0x4000, 1L << 63 | 100 + i));
  }

  private static Object json(String path) {
    var response = server.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.object(response.body());
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void a_lookup_shows_the_record_it_refers_to_and_who_modified_it() {
    var firm =
        json(
            "firms("
                + FULL.id()
                + ")?$select=name&$expand=chiefid($select=name),modifiedby($select=fullname)");

    assertThat(Json.at(firm, "@odata.context"))
        .isEqualTo(
            server.root()
                + "$metadata#firms(firmid,name,chiefid(name),modifiedby(fullname))/$entity");
    assertThat(Json.at(firm, "chiefid", "name")).isEqualTo("P0");
    assertThat(Json.at(firm, "chiefid", "personid")).isEqualTo(person(0).id().toString());
    assertThat(Json.at(firm, "chiefid", "@odata.etag")).isEqualTo("W/\"0\"");
    assertThat(Json.at(firm, "modifiedby", "fullname")).isEqualTo("Ada Admin");
    assertThat(Json.at(json("firms(" + BARE.id() + ")?$expand=chiefid"), "chiefid")).isNull();
  }

  @Test
  void what_has_just_been_written_is_expanded_as_it_was_written() {
    for (int round = 0; round < 20; round++) {
      String name = "renamed " + round;
      server.writer().append(person(6), renamed("P6", name));
      server
          .writer()
          .append(
              person(5),
              new RecordUpdated(
                  Map.of(
                      "belongsid",
                      new Change(
                          new Value.Lookup(round % 2 == 0 ? FULL : person(6)),
                          new Value.Lookup(round % 2 == 0 ? person(6) : FULL))),
                  false,
                  false,
                  Set.of()));
      if (round % 2 == 0) {
        var person = json("persons(" + person(5).id() + ")?$expand=belongsid_person($select=name)");
        assertThat(Json.at(person, "belongsid_person", "name")).isEqualTo(name);
      }
    }
    server.awaitCaughtUp(server.writer().append(person(6), renamed("x", "P6")));
  }

  @Test
  void a_lookup_to_a_record_that_was_deleted_leads_nowhere() {
    var gone = person(50);
    var left = person(51);
    server.create(gone, Map.of("name", Value.text("Gone")));
    server.create(left, Map.of("name", Value.text("Left"), "belongsid", new Value.Lookup(gone)));
    server.awaitCaughtUp(
        server
            .writer()
            .append(gone, new RecordDeleted(Map.of("name", Value.text("Gone")), false, Set.of())));

    var read = json("persons(" + left.id() + ")?$expand=belongsid_person");
    assertThat(Json.at(read, "belongsid_person")).isNull();
    assertThat(Json.at(read, "_belongsid_value")).isEqualTo(gone.id().toString());
    assertThat(people("belongsid_person/personid%20eq%20" + gone.id())).isEmpty();
    assertThat(people("belongsid_person/name%20eq%20null")).contains("Left");
    assertThat(people("_belongsid_value%20eq%20" + gone.id())).containsExactly("Left");
  }

  @Test
  void a_record_of_another_type_with_the_same_id_is_not_meant() {
    var person = person(60);
    var firm = new RecordRef("firm", person.id());
    var friend = person(61);
    server.create(firm, Map.of("name", Value.text("Same firm")));
    server.create(person, Map.of("name", Value.text("Same person")));
    server.awaitCaughtUp(
        server.create(
            friend, Map.of("name", Value.text("Friend"), "belongsid", new Value.Lookup(person))));

    var read = json("persons(" + friend.id() + ")?$expand=belongsid_firm,belongsid_person");
    assertThat(Json.at(read, "belongsid_firm")).isNull();
    assertThat(Json.at(read, "belongsid_person", "name")).isEqualTo("Same person");
    assertThat(Json.at(json("firms(" + firm.id() + ")?$expand=firm_people"), "firm_people"))
        .isEqualTo(List.of());
  }

  @Test
  void a_record_is_expanded_only_once_the_projection_has_its_last_change() throws Exception {
    try (var lock = server.database().owner().getConnection();
        var statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("SELECT position FROM view.projection FOR UPDATE");
      var chief = new Change(new Value.Lookup(person(0)), new Value.Lookup(person(1)));
      server
          .writer()
          .append(
              new Said(person(1), renamed("P1", "Chief")),
              new Said(FULL, new RecordUpdated(Map.of("chiefid", chief), false, false, Set.of())));

      var answer =
          CompletableFuture.supplyAsync(() -> json("firms(" + FULL.id() + ")?$expand=chiefid"));
      assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class);
      lock.rollback();

      assertThat(Json.at(answer.get(20, TimeUnit.SECONDS), "chiefid", "name")).isEqualTo("Chief");
    } finally {
      var chief = new Change(new Value.Lookup(person(1)), new Value.Lookup(person(0)));
      server.awaitCaughtUp(
          server
              .writer()
              .append(
                  new Said(person(1), renamed("Chief", "P1")),
                  new Said(
                      FULL, new RecordUpdated(Map.of("chiefid", chief), false, false, Set.of()))));
    }
  }

  private static RecordUpdated renamed(String from, String to) {
    return new RecordUpdated(
        Map.of("name", new Change(Value.text(from), Value.text(to))), false, false, Set.of());
  }

  private static List<String> people(String filter) {
    return names(server.get("persons?$select=name&$filter=" + filter).body());
  }

  @Test
  void a_collection_is_filtered_ordered_and_cut() {
    String people =
        server
            .get(
                "firms("
                    + FULL.id()
                    + ")?$select=firmid&$expand=firm_people($select=name;$filter=age%20gt%2021%20and%20not%20contains(name,'(;,');"
                    + "$orderby=age%20desc;$top=3)")
            .body();

    assertThat(names(people)).containsExactly("P6", "P5", "P4");
    assertThat(people).doesNotContain("nextLink");
  }

  @Test
  void records_of_a_list_show_theirs_two_levels_deep() {
    var list =
        json(
            "firms?$select=name&$orderby=name&$expand=firm_people($select=name;$orderby=name;$top=2;"
                + "$expand=belongsid_firm($select=name)),chiefid($select=age)");

    assertThat(Json.at(list, "value", 0, "name")).isEqualTo("Bare");
    assertThat(Json.at(list, "value", 0, "firm_people")).isEqualTo(List.of());
    assertThat(Json.at(list, "value", 0, "chiefid")).isNull();
    assertThat(Json.at(list, "value", 1, "firm_people", 1, "name")).isEqualTo("P1");
    assertThat(Json.at(list, "value", 1, "firm_people", 1, "belongsid_firm", "name"))
        .isEqualTo("Full");
    assertThat(Json.at(list, "value", 1, "chiefid", "age")).isEqualTo(20L);
  }

  @Test
  void navigation_properties_can_be_read_by_themselves() {
    String full = "firms(" + FULL.id() + ")/";

    assertThat(names(server.get(full + "chiefid?$select=name").body())).containsExactly("P0");
    assertThat(server.get("firms(" + BARE.id() + ")/chiefid").statusCode()).isEqualTo(204);
    assertThat(names(server.get(full + "firm_people?$select=name&$orderby=name&$top=2").body()))
        .containsExactly("P0", "P1");
    assertThat(server.get(full + "firm_people/$count").body()).isEqualTo("7");
    assertThat(server.get(full + "firm_people/$count?$filter=age%20lt%2022").body()).isEqualTo("2");
    assertThat(server.get("firms(" + new UUID(1, 1) + ")/firm_people").statusCode()).isEqualTo(404);
    assertThat(server.get(full + "nothing/$count").statusCode()).isEqualTo(404);
  }

  @Test
  void a_collection_that_is_read_by_itself_is_paged() {
    var shown = new ArrayList<String>();
    String next = "firms(" + FULL.id() + ")/firm_people?$select=name&$orderby=age";
    while (next != null) {
      HttpResponse<String> page = server.get(next, "Prefer", "odata.maxpagesize=2");
      shown.addAll(names(page.body()));
      next = (String) Json.at(Json.object(page.body()), "@odata.nextLink");
    }

    assertThat(shown).containsExactly("P0", "P1", "P2", "P3", "P4", "P5", "P6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "name",
        "chiefid,chiefid",
        "chiefid(",
        "chiefid)",
        "chiefid()",
        "chiefid($select=nothing)",
        "chiefid($top=1)",
        "chiefid($filter=age%20eq%201)",
        "chiefid($select=name;$select=age)",
        "chiefid($skip=1)",
        "chiefid($select=name,age",
        "firm_people/$ref",
        "firm_people($count=true)",
        "firm_people($orderby=belongsid_firm/name)",
        "firm_people($filter=age%20eq%20'x)",
        "chiefid($expand=belongsid_firm($expand=chiefid($expand=belongsid_firm)))"
      })
  void what_cannot_be_expanded_is_refused(String expand) {
    var response = server.get("firms?$expand=" + expand);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"0x80060888\"");
  }
}
