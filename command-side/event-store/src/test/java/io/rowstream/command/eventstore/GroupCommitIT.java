package io.rowstream.command.eventstore;

import io.rowstream.testkit.EventStoreContract;
import javax.sql.DataSource;

class GroupCommitIT extends EventStoreContract {

  @Override
  protected Store start(DataSource owner) {
    return GroupCommitStore.start(owner);
  }
}
