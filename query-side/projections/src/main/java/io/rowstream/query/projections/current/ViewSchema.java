package io.rowstream.query.projections.current;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The read models' tables and the role that writes them.
public final class ViewSchema {

  /// The role that reads the log and writes views, and nothing else.
  public static final String PROJECTOR = "rowstream_projector";

  private ViewSchema() {}

  /// Brings the views' tables up to date; the log's have to be there.
  ///
  /// @param owner connections of a user who may create schemas and roles
  public static void migrate(DataSource owner) {
    Flyway.configure()
        .dataSource(owner)
        .schemas("view")
        .table("migration")
        .locations("classpath:io/rowstream/query/projections/schema")
        .load()
        .migrate();
  }
}
