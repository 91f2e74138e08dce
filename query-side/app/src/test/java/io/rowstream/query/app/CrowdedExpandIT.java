package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.query.projections.current.PageQuery;
import io.rowstream.query.projections.current.RelatedQuery;
import io.rowstream.testkit.Json;
import io.rowstream.testkit.LogWriter.Said;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// As many firms as a query may expand pages of, each with one person more than a page holds.
class CrowdedExpandIT {
  private static final int PEOPLE = PageQuery.PAGE_SIZE_MAX + 1;
  private static final int FIRMS = RelatedQuery.RECORDS_MAX / PageQuery.PAGE_SIZE_MAX;
  private static final Pattern NAME = Pattern.compile("\"name\":\"(P[^\"]*)\"");

  private static ReadServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = new ReadServer();
    server.define(RelatedQueryIT.FIRM);
    server.define(RelatedQueryIT.PERSON);
    var said = new ArrayList<Said>();
    for (int i = 0; i < FIRMS; i++) {
      said.add(new Said(firm(i), new RecordCreated(Map.of("name", Value.text("Z" + i)))));
      said.add(
          new Said(
              new RecordRef("person", new UUID(0x4000, 1L << 63 | 100 + i)),
              new RecordCreated(
                  Map.of("name", Value.text("P1"), "belongsid", new Value.Lookup(firm(i))))));
    }
    server.awaitCaughtUp(server.writer().append(said.toArray(Said[]::new)));
    crowd();
    Awaitility.await().until(() -> server.get("persons").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RecordRef firm(int i) {
    return new RecordRef("firm", new UUID(0x4000, 1L << 63 | i));
  }

  /// Gives every person many likenesses, past the log.
  private static void crowd() throws SQLException {
    try (var connection = server.database().owner().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TEMPORARY TABLE likeness AS
          SELECT r.id, md5(r.id::text || n)::uuid AS other, 'P' || n AS name
            FROM view.record r CROSS JOIN generate_series(2, %d) n
           WHERE r.entity_type = 'person';
          INSERT INTO view.record
          SELECT r.entity_type, l.other, r.version, r.position, r.deleted,
                 jsonb_set(r.attributes, '{name}', to_jsonb(l.name)),
                 r.created_on, r.created_by, r.modified_on, r.modified_by
            FROM view.record r JOIN likeness l USING (id);
          INSERT INTO view.link
          SELECT k.entity_type, l.other, k.lookup, k.target_type, k.target_id
            FROM view.link k JOIN likeness l USING (id);
          """
              .formatted(PEOPLE));
    }
  }

  private static List<String> names(String body) {
    return NAME.matcher(body).results().map(found -> found.group(1)).toList();
  }

  private static List<String> throughNextLink(String options) {
    String first = server.get("firms(" + firm(1).id() + ")?$expand=firm_people" + options).body();
    var shown = new ArrayList<>(names(first));
    assertThat(shown).hasSize(PageQuery.PAGE_SIZE_MAX);

    String next = (String) Json.at(Json.object(first), "firm_people@odata.nextLink");
    assertThat(next).as(first.substring(0, 300)).isNotNull();
    String rest = server.get(String.valueOf(next)).body();
    assertThat(Json.at(Json.object(rest), "@odata.nextLink")).isNull();
    shown.addAll(names(rest));
    return shown;
  }

  @Test
  void what_does_not_fit_on_a_page_is_behind_its_next_link() {
    List<String> shown = throughNextLink("($select=name)");

    assertThat(shown).hasSize(PEOPLE);
    assertThat(new HashSet<>(shown)).hasSize(PEOPLE);
  }

  @Test
  void the_next_link_goes_on_in_the_same_order() {
    List<String> shown = throughNextLink("($select=name;$orderby=name%20desc)");

    assertThat(shown).hasSize(PEOPLE).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(new HashSet<>(shown)).hasSize(PEOPLE);
  }

  @Test
  void a_page_expands_as_many_records_as_the_bound_and_not_one_more() {
    String most =
        "firms?$expand=firm_people($select=personid;$top=" + (PageQuery.PAGE_SIZE_MAX - 1);

    var all = server.get("firms?$expand=firm_people($select=personid)");
    var fitting = server.get(most + ")");

    assertThat(all.statusCode()).isEqualTo(400);
    assertThat(Json.at(Json.object(all.body()), "error", "code")).isEqualTo("0x80060888");
    assertThat(Json.at(Json.object(all.body()), "error", "message"))
        .asString()
        .contains("$expand leads to more than 20000 records; use $top");
    assertThat(fitting.statusCode()).isEqualTo(200);
  }
}
