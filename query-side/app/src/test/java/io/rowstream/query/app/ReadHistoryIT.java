package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.projections.history.History;
import io.rowstream.testkit.LogWriter;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadHistoryIT {
  private static final UUID COMPANY = Ann.COMPANY;
  private static final RecordRef ANN = Ann.REF;
  private static final Pattern VERSION = Pattern.compile("\"rowVersion\":(\\d+)");
  private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]*)\"");

  private static ReadServer server;

  @BeforeAll
  static void start() {
    server = new ReadServer();
    server.define(Contacts.CONTACT);
    server.define(Contacts.NOTE);
    server.create(Contacts.user(ReadServer.BEA), Map.of("fullname", Value.text("Bea Buyer")));
    Ann.begin(server);
    Ann.say(
        server,
        "c3",
        new RecordDeleted(Map.of("emailaddress1", Value.text("v2")), false, Set.of()));
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String history(RecordRef record) {
    return record.entityType() + "s(" + record.id() + ")/rowstream.history";
  }

  private static List<Integer> versions(String body) {
    return VERSION.matcher(body).results().map(m -> Integer.valueOf(m.group(1))).toList();
  }

  private static @Nullable String next(String body) {
    var link = NEXT.matcher(body);
    return link.find() ? link.group(1) : null;
  }

  @Test
  void a_history_tells_who_what_from_what_to_by_which_command() {
    var response = server.get(history(ANN));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(versions(response.body())).containsExactly(3, 2, 1, 0);
    assertThat(response.body())
        .contains(
            "{\"rowVersion\":2,\"position\":6,\"committedOn\":\"",
            "\"commandId\":\"c2\",\"clientId\":\"tab-1\",\"actor\":{\"id\":\""
                + ReadServer.BEA
                + "\",\"fullname\":\"Bea Buyer\"},\"operation\":\"update\","
                + "\"attributes\":{\"emailaddress1\":{\"old\":\"v0\",\"new\":\"v2\"}},"
                + "\"merged\":false,\"forced\":true,\"overwrote\":[\"_parentcustomerid_value\"]}",
            "\"_parentcustomerid_value\":{\"old\":null,\"new\":\""
                + COMPANY
                + "\",\"new@Microsoft.Dynamics.CRM.lookuplogicalname\":\"account\"}},\"merged\":true",
            "\"operation\":\"create\"",
            "\"operation\":\"delete\",\"attributes\":{\"emailaddress1\":{\"old\":\"v2\",\"new\":null}}");
  }

  @Test
  void a_history_can_be_turned_round_and_paged() {
    assertThat(versions(server.get(history(ANN) + "?$orderby=rowVersion").body()))
        .containsExactly(0, 1, 2, 3);
    assertThat(versions(server.get(history(ANN) + "?$top=2").body())).containsExactly(3, 2);
    for (String order : List.of("", "?$orderby=rowVersion%20asc", "?$orderby=rowVersion%20desc")) {
      var shown = new ArrayList<Integer>();
      String next = history(ANN) + order;
      while (next != null) {
        var page = server.get(next, "Prefer", "odata.maxpagesize=3");
        shown.addAll(versions(page.body()));
        next = next(page.body());
      }
      assertThat(shown).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void a_history_longer_than_a_page_goes_on_until_top_is_reached() {
    RecordRef busy = Contacts.contact(2);
    server.create(busy, Map.of("jobtitle", Value.text("0")));
    server.writer().append(changes(busy, History.PAGE_SIZE_MAX + 2));
    for (String order : List.of("", "&$orderby=rowVersion")) {
      String first =
          server.get(history(busy) + "?$top=" + (History.PAGE_SIZE_MAX + 2) + order).body();
      String second = server.get(Objects.requireNonNull(next(first), "a next page")).body();

      assertThat(versions(first)).hasSize(History.PAGE_SIZE_MAX);
      assertThat(versions(second)).isEqualTo(order.isEmpty() ? List.of(2, 1) : List.of(1000, 1001));
      assertThat(next(second)).isNull();
    }
    String all = server.get(history(busy)).body();
    assertThat(versions(server.get(Objects.requireNonNull(next(all), "a next page")).body()))
        .containsExactly(2, 1, 0);
    String exactly = server.get(history(busy) + "?$top=" + History.PAGE_SIZE_MAX).body();
    assertThat(versions(exactly)).hasSize(History.PAGE_SIZE_MAX);
    assertThat(next(exactly)).isNull();
  }

  private static SaidTogether[] changes(RecordRef record, int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new RecordUpdated(
                Map.of(
                    "jobtitle",
                    new Change(
                        Value.text(Integer.toString(i)), Value.text(Integer.toString(i + 1)))),
                false,
                false,
                Set.of()))
        .map(event -> new SaidTogether(LogWriter.byAda(), List.of(new Said(record, event))))
        .toArray(SaidTogether[]::new);
  }

  @Test
  void a_page_size_wins_over_top_and_top_0_shows_nothing() {
    String[] threes = {"Prefer", "odata.maxpagesize=3"};
    String page = server.get(history(ANN) + "?$top=2", threes).body();

    assertThat(versions(page)).containsExactly(3, 2, 1);
    assertThat(versions(server.get(Objects.requireNonNull(next(page)), threes).body()))
        .containsExactly(0);
    String none = server.get(history(ANN) + "?$top=0").body();
    assertThat(none).endsWith("\"value\":[]}");
    assertThat(next(server.get(history(ANN) + "?$top=4").body())).isNull();
  }

  @Test
  void a_history_needs_a_record_and_a_type_that_shows_it() {
    assertThat(server.get(history(Contacts.contact(99))).statusCode()).isEqualTo(404);
    assertThat(server.get(history(new RecordRef("note", COMPANY))).statusCode()).isEqualTo(400);
    assertThat(server.get(history(ANN) + "?$filter=x%20eq%201").statusCode()).isEqualTo(400);
    assertThat(server.get(history(ANN) + "?$skiptoken=x").statusCode()).isEqualTo(400);
  }
}
