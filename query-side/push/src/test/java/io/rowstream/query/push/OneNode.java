package io.rowstream.query.push;

import io.rowstream.testkit.LogDatabase;
import io.rowstream.testkit.LogWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A log of its own for each test, with one node that tells of it.
abstract class OneNode {
  LogDatabase database;
  LogWriter writer;
  WatchServer server;

  @BeforeEach
  void start() {
    database = LogDatabase.create();
    writer = database.writer();
    server = WatchServer.start(database.reader());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }
}
