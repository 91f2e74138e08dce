package io.rowstream.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.eventlog.LogHead;
import io.rowstream.eventlog.LogSchema;
import io.rowstream.testkit.LogDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `log.append` as PostgreSQL runs it, with what [Batch] never asks of it, too.
class AppendFunctionIT {
  private static final String ADA = "00000000-0000-0000-0000-000000000001";
  private static final String BEA = "00000000-0000-0000-0000-000000000002";

  private static LogDatabase database;

  private Connection writer;
  private Listening listener;
  private UUID epoch;

  @BeforeAll
  static void createDatabase() {
    database = LogDatabase.create();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void connectToAnEmptyLog() throws SQLException {
    database.execute(
        "TRUNCATE log.event, log.command_outcome;"
            + "UPDATE log.head SET position = 0, committed_on = to_timestamp(0)");
    writer = database.owner().getConnection();
    LogSchema.actAs(LogSchema.WRITER, writer);
    listener = Listening.to(database);
    epoch = LogHead.read(writer).epoch();
  }

  @AfterEach
  void disconnect() throws SQLException {
    writer.close();
    listener.close();
  }

  /// The arguments of one call; arrays as PostgreSQL writes them.
  private record Call(
      long knownPosition,
      String decidedOn,
      String streams,
      String versions,
      boolean verified,
      String eventRecords,
      String eventVersions,
      String remaining,
      String payloads,
      String commands,
      String last) {
    static final Call NOTHING =
        new Call(0, "2026-11-20", "{}", "{}", false, "{}", "{}", "{}", "{}", "{}", "{}");

    Call at(long position) {
      return new Call(
          position,
          decidedOn,
          streams,
          versions,
          verified,
          eventRecords,
          eventVersions,
          remaining,
          payloads,
          commands,
          last);
    }

    Call decidedOn(String time) {
      return new Call(
          knownPosition,
          time,
          streams,
          versions,
          verified,
          eventRecords,
          eventVersions,
          remaining,
          payloads,
          commands,
          last);
    }

    Call believing(String records, String at) {
      return new Call(
          knownPosition,
          decidedOn,
          records,
          at,
          verified,
          eventRecords,
          eventVersions,
          remaining,
          payloads,
          commands,
          last);
    }

    Call verified(boolean all) {
      return new Call(
          knownPosition,
          decidedOn,
          streams,
          versions,
          all,
          eventRecords,
          eventVersions,
          remaining,
          payloads,
          commands,
          last);
    }

    Call writing(String records, String at, String rest, String content) {
      return new Call(
          knownPosition,
          decidedOn,
          streams,
          versions,
          verified,
          records,
          at,
          rest,
          content,
          commands,
          last);
    }

    Call keeping(String ids, String lastEvents) {
      return new Call(
          knownPosition,
          decidedOn,
          streams,
          versions,
          verified,
          eventRecords,
          eventVersions,
          remaining,
          payloads,
          ids,
          lastEvents);
    }
  }

  /// Adds version 0 of Ada.
  private static final Call CREATE_ADA =
      Call.NOTHING.believing("{" + ADA + "}", "{-1}").writing("{" + ADA + "}", "{0}", "{0}", "{a}");

  private record Answer(
      long headBefore,
      String committedOn,
      @Nullable String stale,
      @Nullable String staleVersion,
      @Nullable String repeated,
      @Nullable String repeatedPosition) {}

  @Test
  void nothing_to_append_tells_where_the_head_is_and_does_not_wait_for_it() throws SQLException {
    append(CREATE_ADA);
    try (var _ = HeldHead.take(database)) {
      var answer = append(Call.NOTHING.at(1));

      assertThat(answer.headBefore()).isEqualTo(1);
      assertThat(answer.stale()).isNull();
      assertThat(answer.repeated()).isNull();
      assertThat(append(Call.NOTHING.believing("{" + ADA + "," + BEA + "}", "{0,-1}")).stale())
          .isNull();
      assertThat(append(Call.NOTHING.believing("{" + ADA + "," + BEA + "}", "{-1,3}")))
          .extracting(Answer::stale, Answer::staleVersion)
          .containsExactly("{1,2}", "{0,-1}");
    }
    assertThat(listener.heard()).containsExactly("1");
  }

  @Test
  void events_take_the_next_positions_in_their_order_and_are_told_once() throws SQLException {
    append(CREATE_ADA);

    var answer =
        append(
            Call.NOTHING
                .at(1)
                .believing("{" + BEA + "," + ADA + "}", "{-1,0}")
                .writing("{%s,%s,%s}".formatted(BEA, ADA, BEA), "{0,1,1}", "{1,0,0}", "{b,c,d}"));

    assertThat(answer.headBefore()).isEqualTo(1);
    assertThat(log()).containsExactly("1 A0 0 a", "2 B0 1 b", "3 A1 0 c", "4 B1 0 d");
    assertThat(listener.heard()).containsExactly("1", "4");
  }

  @Test
  void an_outcome_without_events_is_kept_at_the_head_and_told_nobody() throws SQLException {
    append(CREATE_ADA);
    append(Call.NOTHING.at(1).keeping("{noted}", "{0}"));

    var again = append(Call.NOTHING.at(1).keeping("{noted,other}", "{0,0}"));

    assertThat(again.repeated()).isEqualTo("{noted}");
    assertThat(again.repeatedPosition()).isEqualTo("{1}");
    assertThat(append(Call.NOTHING.at(1).keeping("{other}", "{0}")).repeated())
        .as("nothing of the call before was kept")
        .isNull();
    assertThat(listener.heard()).containsExactly("1");
    assertThat(LogHead.read(writer).position()).isEqualTo(1);
  }

  @Test
  void an_outcome_is_kept_at_the_position_of_its_commands_last_event() throws SQLException {
    append(
        Call.NOTHING
            .believing("{" + ADA + "}", "{-1}")
            .writing("{%s,%s,%s}".formatted(ADA, ADA, ADA), "{0,1,2}", "{1,0,0}", "{a,b,c}")
            .keeping("{first,second}", "{2,3}"));

    assertThat(append(Call.NOTHING.at(3).keeping("{first,second}", "{0,0}")).repeatedPosition())
        .isIn("{2,3}", "{3,2}");
  }

  @Test
  void what_is_stale_and_what_is_repeated_are_told_together_and_nothing_is_written()
      throws SQLException {
    append(CREATE_ADA.keeping("{once}", "{1}"));

    var answer =
        append(
            CREATE_ADA
                .at(1)
                .keeping("{once}", "{1}")
                .writing("{%s,%s}".formatted(ADA, BEA), "{0,0}", "{0,0}", "{a,b}")
                .believing("{%s,%s}".formatted(ADA, BEA), "{-1,-1}"));

    assertThat(answer)
        .extracting(Answer::stale, Answer::staleVersion, Answer::repeated)
        .containsExactly("{1}", "{0}", "{once}");
    assertThat(log()).hasSize(1);
    assertThat(listener.heard()).containsExactly("1");
  }

  @Test
  void what_was_verified_at_another_head_is_not_written() throws SQLException {
    append(CREATE_ADA);

    var answer = append(CREATE_ADA.at(0).verified(true).keeping("{once}", "{1}"));

    assertThat(answer.headBefore()).isEqualTo(1);
    assertThat(append(CREATE_ADA.at(0).verified(true)).headBefore()).isEqualTo(1);
    assertThat(log()).hasSize(1);
    assertThat(listener.heard()).containsExactly("1");
    assertThat(append(Call.NOTHING.at(1).keeping("{once}", "{0}")).repeated()).isNull();
  }

  @Test
  void a_caller_that_is_wrong_about_what_it_has_verified_writes_no_version_twice()
      throws SQLException {
    append(CREATE_ADA);

    assertRefused("23505", CREATE_ADA.at(1).verified(true));
    assertThat(log()).hasSize(1);
    assertThat(LogHead.read(writer).position()).isEqualTo(1);
  }

  @Test
  void time_never_runs_backwards() throws SQLException {
    append(CREATE_ADA.decidedOn("2026-11-20 12:00"));

    var earlier =
        append(
            Call.NOTHING
                .decidedOn("2026-11-20 11:00")
                .writing("{" + BEA + "}", "{0}", "{0}", "{b}"));

    assertThat(earlier.committedOn()).startsWith("2026-11-20 12:00");
  }

  @Test
  void another_epoch_writes_nothing() throws SQLException {
    var known = epoch;
    epoch = UUID.randomUUID();

    assertRefused("RS001", CREATE_ADA);
    assertRefused("RS001", CREATE_ADA.verified(true));
    assertRefused("RS001", Call.NOTHING);
    epoch = known;
    assertThat(log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {A,B}  | {0}    | {0}   | {a}
          {A}    | {0,1}  | {0,0} | {a,b}
          {A}    | {0}    | {}    | {a}
          {A}    | {0}    | {0}   | {}
          {A}    | {0}    | {-1}  | {a}
          {A}    | {-1}   | {0}   | {a}
          {A}    | {NULL} | {0}   | {a}
          {NULL} | {0}    | {0}   | {a}
          {A,A}  | {0,0}  | {1,0} | {a,b}
          """)
  void events_that_do_not_add_up_write_nothing(
      String records, String versions, String remaining, String payloads) throws SQLException {
    String ids = records.replace("A", ADA).replace("B", BEA);
    var call = Call.NOTHING.writing(ids, versions, remaining, payloads).keeping("{once}", "{1}");

    assertThatThrownBy(() -> append(call))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    assertThat(log()).isEmpty();
    assertThat(LogHead.read(writer).position()).isZero();
    assertThat(append(Call.NOTHING.keeping("{once}", "{0}")).repeated()).isNull();
  }

  @Test
  void one_command_id_is_kept_once() throws SQLException {
    assertRefused("23505", CREATE_ADA.keeping("{twin,twin}", "{1,1}"));
    assertThat(log()).isEmpty();
  }

  private void assertRefused(String state, Call call) {
    assertThatThrownBy(() -> append(call))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  private Answer append(Call call) throws SQLException {
    try (var statement =
        writer.prepareStatement(
            """
            SELECT head_before, committed_on AT TIME ZONE 'UTC' AS committed_on, stale_stream,
                   stale_version, repeated, repeated_position
              FROM log.append(?, ?, ?::timestamp AT TIME ZONE 'UTC',
                   ?::uuid[], array_fill('contact'::text, ARRAY[cardinality(?::uuid[])]), ?::bigint[],
                   ?, ?::uuid[], array_fill('contact'::text, ARRAY[cardinality(?::uuid[])]),
                   ?::bigint[], ?::int[], ?::bytea[], ?::text[], ?::bytea[], ?::bytea[], ?::int[])
            """)) {
      int i = 0;
      statement.setObject(++i, epoch);
      statement.setLong(++i, call.knownPosition());
      statement.setString(++i, call.decidedOn());
      statement.setString(++i, call.streams());
      statement.setString(++i, call.streams());
      statement.setString(++i, call.versions());
      statement.setBoolean(++i, call.verified());
      for (String array :
          List.of(
              call.eventRecords(),
              call.eventRecords(),
              call.eventVersions(),
              call.remaining(),
              call.payloads(),
              call.commands(),
              call.commands(),
              call.commands(),
              call.last())) {
        statement.setString(++i, array);
      }
      try (var row = statement.executeQuery()) {
        row.next();
        return new Answer(
            row.getLong("head_before"),
            row.getString("committed_on"),
            row.getString("stale_stream"),
            row.getString("stale_version"),
            row.getString("repeated"),
            row.getString("repeated_position"));
      }
    }
  }

  /// The log, an event a line: position, whose, version, how many follow, content.
  private List<String> log() throws SQLException {
    var lines = new ArrayList<String>();
    try (var statement = writer.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT format('%%s %%s%%s %%s %%s', position,
                         CASE record_id WHEN '%s' THEN 'A' ELSE 'B' END,
                         version, remaining, convert_from(payload, 'UTF8')) AS line
                  FROM log.event ORDER BY position
                """
                    .formatted(ADA))) {
      while (rows.next()) {
        lines.add(rows.getString("line"));
      }
    }
    return lines;
  }
}
