package io.rowstream.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of directories that a start finds in a strange state.
@Timeout(120)
class DataDirectoryIT {
  @TempDir private Path data;

  @Test
  void an_initialisation_that_was_cut_short_is_replaced() throws IOException {
    write("rowstream.lock", "");
    write("rowstream.initialising", "");
    write("postgres.password", "tru");
    write("postgres/PG_VERSION", "18\n");
    write("postgres/base/1/1234", "half");
    write("postgres/pg_wal/0001", "half");
    write("postgres/postgresql.conf", "");

    StandalonePostgres.start(TestInstance.settings(data)).close();

    assertThat(data.resolve("rowstream.initialised")).exists();
    assertThat(data.resolve("rowstream.initialising")).doesNotExist();
    assertThat(data.resolve("postgres/base/1/1234")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"notes.txt", "postgres/PG_VERSION", "PG_VERSION", "rowstream.initialising"})
  void a_directory_of_somebody_else_is_refused_untouched(String content) throws IOException {
    write(content, "precious");

    assertRefusedUntouched("holds " + Path.of(content).getName(0));
  }

  @Test
  void without_a_marker_even_what_looks_like_ours_is_refused_untouched() throws IOException {
    write("rowstream.lock", "");
    write("postgres/PG_VERSION", "18\n");

    assertRefusedUntouched("holds postgres;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "postgres/notes.txt", "postgres/postmaster.opts"})
  void an_initialisation_with_more_in_it_than_initdb_writes_is_refused_untouched(String content)
      throws IOException {
    write("rowstream.lock", "");
    write("rowstream.initialising", "");
    write("postgres/PG_VERSION", "18\n");
    write(content, "precious");

    assertRefusedUntouched("holds " + Path.of(content).getFileName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres/PG_VERSION", "postgres.password"})
  void data_with_a_piece_missing_are_never_started_afresh(String piece) throws IOException {
    write("rowstream.lock", "");
    write("rowstream.initialised", "");
    write("postgres/PG_VERSION", "18\n");
    write("postgres.password", "secret\n");
    Files.delete(data.resolve(piece));

    assertRefusedUntouched(data.toRealPath().resolve(piece) + " is missing");
  }

  @Test
  void data_of_another_version_are_refused_untouched() throws IOException {
    write("rowstream.lock", "");
    write("rowstream.initialised", "");
    write("postgres/PG_VERSION", "17\n");
    write("postgres.password", "secret\n");

    assertRefusedUntouched("holds data of PostgreSQL 17, this is 18");
  }

  @Test
  void a_file_in_place_of_the_directory_is_refused() throws IOException {
    write("file", "precious");

    assertThatThrownBy(() -> StandalonePostgres.start(TestInstance.settings(data.resolve("file"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("not a directory: ");
    assertThat(data.resolve("file")).hasContent("precious");
  }

  @Test
  void a_lock_file_that_was_removed_is_made_again() throws IOException {
    StandalonePostgres.start(TestInstance.settings(data)).close();
    Files.delete(data.resolve("rowstream.lock"));

    StandalonePostgres.start(TestInstance.settings(data)).close();

    assertThat(data.resolve("rowstream.lock")).exists();
  }

  @Test
  void a_fresh_volume_is_as_good_as_an_empty_directory() throws IOException {
    Files.createDirectory(data.resolve("lost+found"));

    StandalonePostgres.start(TestInstance.settings(data)).close();

    assertThat(data.resolve("lost+found")).exists();
  }

  private void write(String file, String content) throws IOException {
    var path = data.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void assertRefusedUntouched(String reason) throws IOException {
    var before = contents();

    assertThatThrownBy(() -> StandalonePostgres.start(TestInstance.settings(data)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(data.toRealPath().toString())
        .hasMessageContaining(reason);

    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(data)) {
      for (var file : files.toList()) {
        contents.put(file.toString(), Files.isRegularFile(file) ? Files.readString(file) : "");
      }
    }
    return contents;
  }
}
