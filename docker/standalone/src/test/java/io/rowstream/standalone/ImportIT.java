package io.rowstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowstream.eventlog.LoggedEvent;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.testkit.Outcome;
import io.rowstream.testkit.Rendezvous;
import io.rowstream.testkit.WholeLog;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Files become records; what cannot is told by line and column, and the same file again changes
/// nothing.
class ImportIT {
  private static final UUID ADA = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID BEA = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final String NANCY = "33333333-3333-4333-8333-333333333333";
  private static final String ADVENTURE = "44444444-4444-4444-8444-444444444444";

  @AutoClose private static final RunningService service = new RunningService();

  @Test
  void rows_become_records_of_the_types_their_attributes_have() throws Exception {
    String file =
        """
        accountid,name,numberofemployees,revenue,creditonhold,industrycode,primarycontactid
        00000000-0000-4000-8000-00000000a001,"Dock, Ltd",12,"1.50",yes,consulting,%s
        00000000-0000-4000-8000-00000000a002,Pier,,,,1,contacts(%s)
        """
            .formatted(NANCY, NANCY);

    var answer = ImportAnswer.csv(service, "accounts", file, "MSCRMCallerID", BEA.toString());

    assertThat(answer.counts()).containsExactly(2L, 2L, 0L, 0L, 0L);
    assertThat(service.get("accounts(00000000-0000-4000-8000-00000000a001)").body())
        .contains("\"name\":\"Dock, Ltd\",", "\"numberofemployees\":12,", "\"revenue\":1.5,")
        .contains("\"creditonhold\":true,", "\"industrycode\":2,")
        .contains("\"_primarycontactid_value\":\"" + NANCY + "\"")
        .contains("\"_createdby_value\":\"" + BEA + "\"");
    assertThat(service.get("accounts(00000000-0000-4000-8000-00000000a002)").body())
        .contains("\"numberofemployees\":null,", "\"industrycode\":1,", NANCY);
  }

  @Test
  void the_same_file_again_writes_nothing_and_a_changed_one_what_differs() throws Exception {
    String target = "cities?key=id&columns=id:admin2,name,country";
    String file = cities("twice", 20_000);

    var first = ImportAnswer.csv(service, target, file);
    long position = service.position();
    var again = ImportAnswer.csv(service, target, file);
    long unchanged = service.position();
    var changed =
        ImportAnswer.csv(
            service, target, file.replace("twice7,City 7,FR", "twice7,Town 7,FR") + "x,Y,DE\n");

    assertThat(first.counts()).containsExactly(20_000L, 20_000L, 0L, 0L, 0L);
    assertThat(first.number("position")).isEqualTo(position);
    assertThat(again.counts()).containsExactly(20_000L, 0L, 0L, 20_000L, 0L);
    assertThat(unchanged).isEqualTo(position);
    assertThat(changed.counts()).containsExactly(20_001L, 1L, 1L, 19_999L, 0L);
    List<LoggedEvent> events = WholeLog.read(service.owner());
    assertThat(events.subList((int) position, events.size()))
        .extracting(LoggedEvent::event)
        .filteredOn(RecordEvent.RecordUpdated.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            RecordEvent.RecordUpdated.class,
            update -> assertThat(update.changes()).containsOnlyKeys("name"));
  }

  @Test
  void rows_that_cannot_be_are_told_and_the_others_are_in() throws Exception {
    String id = "00000000-0000-4000-8000-00000000b00";
    String file =
        """
        contactid,fullname,birthdate,statecode,parentcustomerid
        %s1,Fine,1990-05-01,Active,
        %s2,Late,yesterday,0,
        not-a-guid,Nobody,,0,
        %s4,Short
        %s5,"Broken" row,,,
        %s1,Fine again,,,
        %s7,Which,,,%s
        %s8,Last,,,accounts(%s)
        """
            .formatted(id, id, id, id, id, id, ADVENTURE, id, ADVENTURE);

    var answer = ImportAnswer.csv(service, "contacts", file);

    assertThat(answer.counts()).containsExactly(8L, 2L, 0L, 0L, 6L);
    assertThat(answer.refused())
        .containsExactly(
            "3 birthdate: a date such as 2026-11-21 or a time such as 2026-11-21T10:00:00Z is"
                + " expected",
            "4 contactid: a guid is expected",
            "5 null: 5 cells are expected, not 2",
            "6 null: something stands between a closing quote and the next column",
            "7 null: it is about the same record as line 2",
            "8 parentcustomerid: a reference such as accounts(<id>) to one account or contact is"
                + " expected");
    assertThat(answer.body()).doesNotContain("yesterday").doesNotContain("Nobody");
    assertThat(service.get("contacts(" + id + "8)").body()).contains("\"fullname\":\"Last\"");
    assertThat(service.get("contacts(" + id + "7)").statusCode()).isEqualTo(404);
  }

  @Test
  void json_lines_are_understood_like_csv() throws Exception {
    var answer =
        ImportAnswer.json(
            service,
            "cities?key=geonameid&columns=name,country,lat:latitude",
            """
            {"geonameid":2996944,"name":"Lyon","country":"FR","lat":"45.74846","population":522250}
            {"geonameid":2988507,"name":"Paris","country":"FRA","lat":48.85341}
            {"geonameid":2988507,"name":"Paris","country":"FR","lat":48.85341,"alt":["Paname"]}
            {"geonameid":2988508,"name":["Paris"]}
            nonsense
            """);

    assertThat(answer.counts()).containsExactly(5L, 2L, 0L, 0L, 3L);
    assertThat(answer.refused())
        .containsExactly(
            "2 country: it is longer than 2 characters",
            "4 name: text is expected",
            "5 null: it is not valid JSON, in column 1");
  }

  @Test
  void two_imports_of_one_file_at_once_make_no_record_twice() throws Exception {
    String file = cities("race", 2_000);
    long before = service.position();

    List<Outcome<ImportAnswer>> outcomes =
        Rendezvous.race(
            2, _ -> () -> ImportAnswer.csv(service, "cities?key=id&columns=id:admin2,name", file));

    var answers =
        outcomes.stream()
            .map(outcome -> ((Outcome.Returned<ImportAnswer>) outcome).value())
            .toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.number("refused")).isZero());
    assertThat(answers.stream().mapToLong(answer -> answer.counts().get(1)).sum()).isEqualTo(2_000);
    assertThat(answers.stream().mapToLong(answer -> answer.counts().get(2)).sum()).isZero();
    assertThat(service.position()).isEqualTo(before + 2_000);
  }

  @Test
  void records_under_a_required_version_are_overwritten_only_when_asked_for() throws Exception {
    String file = "crm_configid,crm_value\n77777777-7777-4777-8777-777777777777,1\n";
    long before = service.position();

    var refused = ImportAnswer.csv(service, "crm_configs", file);
    var done = ImportAnswer.csv(service, "crm_configs", file, "Prefer", "rowstream.overwrite");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("0x80060883", "Prefer: rowstream.overwrite");
    assertThat(done.counts()).containsExactly(1L, 0L, 1L, 0L, 0L);
    assertThat(service.position()).isEqualTo(before + 1);
    assertThat(WholeLog.read(service.owner()).getLast().event())
        .isInstanceOfSatisfying(
            RecordEvent.RecordUpdated.class, update -> assertThat(update.forced()).isTrue());
  }

  @Test
  void every_event_says_which_import_and_line_it_comes_from() throws Exception {
    ImportAnswer.csv(service, "cities?key=name", "name\nOrigin\n", "Rowstream-Client-Id", "loader");

    LoggedEvent.Origin origin = WholeLog.read(service.owner()).getLast().origin();
    assertThat(origin.commandId()).endsWith("/2").hasSize(38);
    assertThat(origin.clientId()).isEqualTo("loader");
    assertThat(origin.actor()).isEqualTo(ADA);
  }

  @Test
  void a_row_is_written_after_those_it_refers_to() throws Exception {
    String id = "00000000-0000-4000-8000-0000000%05d";
    var rows = new StringBuilder("contactid,fullname,parentcustomerid\n");
    for (int i = 0; i < 300; i++) {
      String parent = i == 0 ? "" : "contacts(" + id.formatted(i - 1) + ")";
      rows.append(id.formatted(i)).append(",P").append(i).append(',').append(parent).append('\n');
    }
    int before = WholeLog.read(service.owner()).size();

    assertThat(ImportAnswer.csv(service, "contacts", rows.toString()).counts())
        .containsExactly(300L, 300L, 0L, 0L, 0L);
    var events = WholeLog.read(service.owner());
    assertThat(events.subList(before, events.size()))
        .extracting(event -> event.record().id().toString())
        .isSorted();
  }

  @Test
  void a_request_that_cannot_be_carried_out_is_refused_before_anything_is_written()
      throws Exception {
    long before = service.position();

    assertRefused("nosuch?key=name", "name\nx\n", 404, "Resource not found");
    assertRefused("cities/x?key=name", "name\nx\n", 404, "Resource not found");
    assertRefused("cities?key=name&kex=1", "name\nx\n", 400, "'kex' is not known");
    assertRefused("cities?key=name&key=country", "name\nx\n", 400, "given twice");
    assertRefused("cities?key=", "name\nx\n", 400, "key names 1 to 16");
    assertRefused("cities?key=name&columns=:name", "name\nx\n", 400, "columns names different");
    assertRefused("cities?key=name&separator=x", "name\nx\n", 400, "separator is one of");
    assertRefused("cities?key=code", "name\nx\n", 400, "no column 'code'");
    assertRefused("cities?key=name", "name,nosuch\nx,1\n", 400, "there is no column 'nosuch'");
    assertRefused("cities?key=name", "name,versionnumber\nx,1\n", 400, "can only be read");
    assertRefused("cities?key=name", "", 400, "The file is empty");
    for (String header : List.of("If-Match", "If-None-Match", "Idempotency-Key")) {
      var answer = ImportAnswer.csv(service, "cities?key=name", "name\nx\n", header, "*");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("An import takes no");
    }
    var stranger =
        ImportAnswer.csv(
            service, "cities?key=name", "name\nx\n", "MSCRMCallerID", UUID.randomUUID().toString());
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(service.position()).isEqualTo(before);
  }

  private static void assertRefused(String target, String file, int status, String message)
      throws Exception {
    var answer = ImportAnswer.csv(service, target, file);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"0x").contains(message);
  }

  static String cities(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i + ",City " + i + ",FR\n")
        .collect(Collectors.joining("", "id,name,country\n", ""));
  }
}
