package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
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
        var link = NEXT.matcher(page.body());
        next = link.find() ? link.group(1) : null;
      }
      assertThat(shown).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void a_history_needs_a_record_and_a_type_that_shows_it() {
    assertThat(server.get(history(Contacts.contact(99))).statusCode()).isEqualTo(404);
    assertThat(server.get(history(new RecordRef("note", COMPANY))).statusCode()).isEqualTo(400);
    assertThat(server.get(history(ANN) + "?$filter=x%20eq%201").statusCode()).isEqualTo(400);
    assertThat(server.get(history(ANN) + "?$skiptoken=x").statusCode()).isEqualTo(400);
  }
}
