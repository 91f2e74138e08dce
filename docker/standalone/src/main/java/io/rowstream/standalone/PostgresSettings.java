package io.rowstream.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the data is kept.
///
/// @param url of a PostgreSQL of one's own, version 15 or later, whose user may create schemas and
///   roles; without it one is started
/// @param directory in which the started one keeps its data
@ConfigurationProperties("rowstream.postgres")
record PostgresSettings(
    @Nullable String url,
    @DefaultValue("postgres") String user,
    @DefaultValue("") String password,
    @DefaultValue("data/postgres") Path directory) {}
