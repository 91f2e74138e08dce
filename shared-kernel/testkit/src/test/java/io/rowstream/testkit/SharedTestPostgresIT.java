package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedTestPostgresIT {

  @Test
  void every_database_is_empty_and_its_own() throws SQLException {
    try (var one = TestPostgres.shared().newDatabase();
        var other = TestPostgres.shared().newDatabase()) {
      execute(one.dataSource(), "CREATE TABLE record (id int)");

      assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
      assertThat(answer(other.dataSource(), "SELECT to_regclass('record') IS NULL")).isEqualTo("t");
      assertThat(answer(one.dataSource(), "SELECT current_database()")).isEqualTo(one.name());
    }
  }

  @Test
  void databases_made_at_the_same_time_do_not_collide() {
    var outcomes = Rendezvous.race(8, () -> TestPostgres.shared().newDatabase());

    var databases = Outcome.returned(outcomes);
    databases.forEach(TestDatabase::close);
    assertThat(Outcome.thrown(outcomes)).isEmpty();
    assertThat(databases.stream().map(TestDatabase::name)).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void a_closed_database_is_gone_even_where_a_session_was_left_in_it() throws SQLException {
    var database = TestPostgres.shared().newDatabase();
    try (var left = database.dataSource().getConnection()) {
      assertThat(left.isValid(5)).isTrue();

      database.close();
      database.close();

      assertThatThrownBy(() -> database.dataSource().getConnection())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("does not exist");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,on",
    "synchronous_commit,on",
    "full_page_writes,on",
    "max_connections,200",
    "server_encoding,UTF8"
  })
  void it_is_set_up_like_production(String setting, String expected) throws SQLException {
    try (var database = TestPostgres.shared().newDatabase()) {
      assertThat(answer(database.dataSource(), "SHOW " + setting)).isEqualTo(expected);
    }
  }

  @Test
  void it_is_postgresql_18_with_a_superuser_and_the_plain_unicode_locale() throws SQLException {
    try (var database = TestPostgres.shared().newDatabase()) {
      var facts =
          Stream.of(
              "SELECT current_setting('server_version_num')::int / 10000",
              "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
              "SELECT datcollate FROM pg_database WHERE datname = current_database()");

      assertThat(facts.map(sql -> answer(database.dataSource(), sql)))
          .containsExactly("18", "t", "C.UTF-8");
      assertThat(database.user()).isEqualTo("postgres");
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(DataSource source, String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new AssertionError(sql, failure);
    }
  }
}
