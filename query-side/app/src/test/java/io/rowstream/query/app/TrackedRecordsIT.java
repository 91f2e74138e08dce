package io.rowstream.query.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.DeltaToken;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent.RecordDeleted;
import io.rowstream.language.event.RecordEvent.RecordRestored;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.query.eventfeed.EventFeed;
import io.rowstream.testkit.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedRecordsIT {
  private static final String[] TRACK = {"Prefer", "odata.track-changes"};
  private static final String MINE = "contacts?$select=fullname&$filter=description%20eq%20'%s'";

  /// Of the delta of one page.
  private static final int EVENTS_MAX = 20;

  private static ReadServer server;
  private static long numbers;

  @BeforeAll
  static void start() {
    server =
        new ReadServer(
            "rowstream.query.catch-up-wait=30s",
            "rowstream.query.delta-token-retention=2d",
            "rowstream.query.delta-events-max=" + EVENTS_MAX);
    server.define(Contacts.CONTACT);
    server.define(Contacts.SYSTEM_USER);
    server.define(Contacts.NOTE);
    Awaitility.await().until(() -> server.get("notes").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// The contacts of one test: those whose description is its name.
  private record Book(String name) {
    RecordRef add(String fullname) {
      var contact = Contacts.contact(++numbers);
      seen(
          server.create(
              contact, Map.of("fullname", Value.text(fullname), "description", Value.text(name))));
      return contact;
    }

    String query() {
      return MINE.replace("%s", name);
    }
  }

  private static void seen(long position) {
    server.awaitCaughtUp(position);
  }

  private static void update(RecordRef contact, String attribute, String from, String to) {
    var changes = Map.of(attribute, new Change(Value.text(from), Value.text(to)));
    seen(server.writer().append(contact, new RecordUpdated(changes, false, false, Set.of())));
  }

  private static void delete(RecordRef contact) {
    seen(server.writer().append(contact, new RecordDeleted(Map.of(), false, Set.of())));
  }

  private static Map<String, @Nullable Object> ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.object(response.body());
  }

  private static String link(Map<String, @Nullable Object> page, String name) {
    return String.valueOf(Objects.requireNonNull(page.get("@odata." + name + "Link")));
  }

  /// The part of a link that is the delta token, with its name.
  private static String token(String link) {
    return link.substring(link.indexOf("$deltatoken="));
  }

  /// Names of records that are there, and the reason behind the id of one that is not.
  private static List<String> shown(Map<String, @Nullable Object> page) {
    var shown = new ArrayList<String>();
    for (Object row : (List<?>) Objects.requireNonNull(page.get("value"))) {
      Object reason = Json.at(row, "reason");
      shown.add(
          reason == null
              ? String.valueOf(Json.at(row, "fullname"))
              : Json.at(row, "id") + " " + reason);
    }
    return shown;
  }

  @Test
  void a_delta_link_leads_to_what_has_changed_and_to_the_next_one() {
    var ann = Contacts.contact(++numbers);
    seen(server.create(ann, Map.of("fullname", Value.text("Ann"))));
    var ben = Contacts.contact(++numbers);
    seen(server.create(ben, Map.of("fullname", Value.text("Ben"))));

    var list = server.get("contacts?$select=fullname", TRACK);
    assertThat(list.headers().firstValue("Preference-Applied")).contains("odata.track-changes");
    assertThat(shown(ok(list))).contains("Ann", "Ben");
    var eve = Contacts.contact(++numbers);
    seen(server.create(eve, Map.of("fullname", Value.text("Eve"))));
    update(ann, "fullname", "Ann", "Anna");
    update(ann, "fullname", "Anna", "Anne");
    delete(ben);

    String deltaLink = link(ok(list), "delta");
    assertThat(deltaLink).startsWith(server.root() + "contacts?$select=fullname&$deltatoken=");
    var delta = ok(server.get(deltaLink));
    assertThat(delta)
        .containsEntry("@odata.context", server.root() + "$metadata#contacts(fullname)/$delta");
    assertThat(shown(delta)).containsExactly("Eve", "Anne", ben.id() + " deleted");
    assertThat(Json.at(delta, "value", 1, "@odata.etag")).isEqualTo("W/\"2\"");
    assertThat(Json.at(delta, "value", 2))
        .isEqualTo(
            Map.of(
                "@odata.context",
                server.root() + "$metadata#contacts/$deletedEntity",
                "id",
                ben.id().toString(),
                "reason",
                "deleted"));
    assertThat(server.get(deltaLink.replace("contacts?", "contacts/$count?")).body())
        .isEqualTo("3");

    var nothing = ok(server.get(link(delta, "delta")));
    assertThat(shown(nothing)).isEmpty();
    assertThat(shown(ok(server.get(link(nothing, "delta"))))).isEmpty();
    assertThat(server.get("contacts/$count?" + token(link(nothing, "delta"))).body())
        .isEqualTo("0");
  }

  @Test
  void what_changes_while_pages_are_read_comes_with_the_delta() {
    var book = new Book("pages");
    for (String name : List.of("A", "B", "C", "D", "E")) {
      book.add(name);
    }
    var first = ok(server.get(book.query(), "Prefer", "odata.track-changes,odata.maxpagesize=2"));
    assertThat(shown(first)).containsExactly("A", "B");
    assertThat(first).doesNotContainKey("@odata.deltaLink");
    update(Contacts.contact(numbers - 4), "fullname", "A", "A2");
    delete(Contacts.contact(numbers - 3));

    var second = ok(server.get(link(first, "next"), "Prefer", "odata.maxpagesize=2"));
    assertThat(shown(second)).containsExactly("C", "D");
    var third = ok(server.get(link(second, "next"), "Prefer", "odata.maxpagesize=2"));
    assertThat(shown(third)).containsExactly("E");
    assertThat(third).doesNotContainKey("@odata.nextLink");

    var delta = ok(server.get(link(third, "delta")));
    assertThat(shown(delta)).containsExactly("A2", Contacts.contact(numbers - 3).id() + " deleted");
  }

  @Test
  void a_delta_of_several_pages_has_every_record_once_and_ends_where_it_began() {
    var book = new Book("deltas");
    String since = link(ok(server.get(book.query(), TRACK)), "delta");
    var records = new ArrayList<RecordRef>();
    for (String name : List.of("A", "B", "C", "D", "E")) {
      records.add(book.add(name));
    }
    var first = ok(server.get(since, "Prefer", "odata.maxpagesize=2"));
    assertThat(shown(first)).containsExactly("A", "B");
    update(records.get(0), "fullname", "A", "A2");
    update(records.get(4), "fullname", "E", "E2");

    var second = ok(server.get(link(first, "next"), "Prefer", "odata.maxpagesize=2"));
    assertThat(shown(second)).containsExactly("C", "D");
    assertThat(second).doesNotContainKey("@odata.nextLink");
    assertThat(shown(ok(server.get(link(second, "delta"))))).containsExactly("A2", "E2");
  }

  @Test
  void a_record_that_ceases_to_match_a_filter_is_removed_as_changed() {
    var book = new Book("leavers");
    var ann = book.add("Ann");
    String since = link(ok(server.get(book.query(), TRACK)), "delta");

    update(ann, "description", "leavers", "elsewhere");
    var left = ok(server.get(since));
    assertThat(shown(left)).containsExactly(ann.id() + " changed");
    update(ann, "description", "elsewhere", "leavers");
    assertThat(shown(ok(server.get(link(left, "delta"))))).containsExactly("Ann");
  }

  @Test
  void a_restored_record_is_in_the_delta_as_it_is() {
    var book = new Book("restored");
    var ann = book.add("Ann");
    delete(ann);
    String since = link(ok(server.get(book.query(), TRACK)), "delta");
    var changes =
        Map.of(
            "fullname", new Change(Value.empty(), Value.text("Ann")),
            "description", new Change(Value.empty(), Value.text("restored")));

    seen(server.writer().append(ann, new RecordRestored(changes, 0, false, Set.of())));

    assertThat(shown(ok(server.get(since)))).containsExactly("Ann");
  }

  @Test
  void a_token_is_good_for_its_own_query_only() {
    String since = link(ok(server.get(new Book("own").query(), TRACK)), "delta");
    String token = token(since);
    String forged = since.substring(0, since.length() - 1) + (since.endsWith("A") ? "B" : "A");

    for (String other :
        List.of(
            forged,
            "contacts?" + token,
            "contacts?$select=fullname&" + token,
            "contacts?$select=emailaddress1&$filter=description%20eq%20'own'&" + token,
            "contacts?$select=fullname&$filter=description%20eq%20'other'&" + token,
            "contacts/$count?$filter=description%20eq%20'other'&" + token,
            "systemusers?" + token,
            "systemusers/$count?" + token,
            since + "&$skiptoken=AAAA",
            "contacts?$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44")) {
      var refused = server.get(other);
      assertThat(refused.statusCode()).as(other).isEqualTo(400);
      assertThat(refused.body()).as(other).contains("0x80060888", "$deltatoken");
    }
    assertThat(server.get(since + "&$top=1").statusCode()).isEqualTo(400);
    assertThat(server.get("contacts(" + Contacts.contact(1).id() + ")?" + token).statusCode())
        .isEqualTo(400);
  }

  @Test
  void the_link_to_the_next_page_without_its_place_is_refused() {
    var book = new Book("parts");
    book.add("A");
    book.add("B");
    String next =
        link(
            ok(server.get(book.query(), "Prefer", "odata.track-changes,odata.maxpagesize=1")),
            "next");

    String withoutPlace = next.replaceFirst("&\\$skiptoken=[^&]*", "");
    assertThat(withoutPlace).isNotEqualTo(next);
    assertThat(server.get(withoutPlace).statusCode()).isEqualTo(400);
  }

  @Test
  void a_token_whose_past_is_not_known_any_more_is_gone() {
    var feed = server.bean(EventFeed.class);
    String query = new Book("gone").query();
    String since = link(ok(server.get(query, TRACK)), "delta");
    var seal = feed.seal().deltaTokens();
    var token = seal.open(since.substring(since.indexOf("$deltatoken=") + 12)).orElseThrow();
    var otherEpoch =
        new DeltaToken(
            token.stage(),
            UUID.randomUUID(),
            token.position(),
            token.until(),
            "contact",
            token.query(),
            token.issuedOn());
    var ahead =
        new DeltaToken(
            token.stage(),
            token.epoch(),
            1_000_000,
            1_000_000,
            "contact",
            token.query(),
            token.issuedOn());

    gone(server.get(query + "&$deltatoken=" + seal.seal(otherEpoch)), "another history");
    gone(server.get(query + "&$deltatoken=" + seal.seal(ahead)), "ahead");
    server.clock().set(token.issuedOn().plus(Duration.ofDays(2)));
    assertThat(server.get(since).statusCode()).isEqualTo(200);
    server.clock().advance(Duration.ofMillis(1));
    gone(server.get(since), "older than 48 hours");
    gone(server.get("contacts/$count?" + token(since)), "older");
  }

  private static void gone(HttpResponse<String> response, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(410);
    assertThat(response.body()).contains("0x80044352", "full sync", why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$orderby=fullname",
        "$top=3",
        "$count=true",
        "$expand=parentcustomerid_contact",
        "$filter=createdby/fullname%20eq%20'x'",
        "$filter=not%20(contact_contact_parentcustomerid/any())",
      })
  void what_changes_cannot_be_told_of_is_refused(String option) {
    var refused = server.get("contacts?" + option, TRACK);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80060888", "Change Tracking is enabled");
  }

  @Test
  void an_entity_type_whose_changes_are_not_tracked_says_so() {
    var refused = server.get("notes", TRACK);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("0x80072491", "Entity note isn't enabled for change tracking.");
    assertThat(
            server
                .get("EntityDefinitions(LogicalName='note')?$select=ChangeTrackingEnabled")
                .body())
        .contains("\"ChangeTrackingEnabled\":false");
  }

  @Test
  void a_page_of_a_delta_ends_after_so_many_events_of_whatever_records() {
    var book = new Book("bound");
    String since = link(ok(server.get(book.query(), TRACK)), "delta");
    book.add("A");
    for (int i = 0; i < EVENTS_MAX; i++) {
      seen(server.create(Contacts.user(UUID.randomUUID()), Map.of()));
    }
    book.add("B");

    var first = ok(server.get(since));
    assertThat(shown(first)).containsExactly("A");
    assertThat(first).doesNotContainKey("@odata.deltaLink");
    var second = ok(server.get(link(first, "next")));
    assertThat(shown(second)).containsExactly("B");
    assertThat(shown(ok(server.get(link(second, "delta"))))).isEmpty();
  }

  @Test
  void what_the_list_waited_for_is_not_told_again() throws Exception {
    var book = new Book("waited-for");
    try (var holder = server.database().owner().getConnection();
        var hold = holder.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("SELECT 1 FROM view.projection FOR UPDATE");
      server.create(
          Contacts.contact(++numbers),
          Map.of("fullname", Value.text("Wanda"), "description", Value.text(book.name())));
      var list = CompletableFuture.supplyAsync(() -> ok(server.get(book.query(), TRACK)));
      Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> !list.isDone());
      holder.rollback();

      assertThat(shown(list.join())).containsExactly("Wanda");
      assertThat(shown(ok(server.get(link(list.join(), "delta"))))).isEmpty();
    }
  }
}
