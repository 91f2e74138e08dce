package io.rowstream.testkit;

/// Where a PostgreSQL server listens and who its superuser is.
record PostgresAddress(String host, int port, String user, String password) {

  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }
}
