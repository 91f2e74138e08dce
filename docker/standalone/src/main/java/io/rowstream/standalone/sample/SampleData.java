package io.rowstream.standalone.sample;

import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.eventlog.RecordLog;
import io.rowstream.language.RecordRef;
import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.entity.EntityType;
import java.util.UUID;

/// Puts the sample data into a log that does not have it. Records are created once, all or none:
/// what has been changed or deleted since stays so.
public final class SampleData {

  /// Ada Admin, as whom requests act that name nobody.
  public static final UUID ADA = UUID.fromString("11111111-1111-4111-8111-111111111111");

  private final DurableCommandGateway gateway;
  private final RecordLog recordLog;

  public SampleData(DurableCommandGateway gateway, RecordLog recordLog) {
    this.gateway = gateway;
    this.recordLog = recordLog;
  }

  public void fill() {
    for (EntityType type : SampleEntityTypes.all()) {
      if (recordLog.state(EntityType.stream(type.name())).isEmpty()) {
        send("define-" + type.name(), new DefineEntityType(type));
      }
    }
    if (recordLog.state(new RecordRef("systemuser", ADA)).isEmpty()) {
      send("records", new ChangeSet(SampleRecords.all()));
    }
  }

  private void send(String name, Command command) {
    gateway.send(command, new CommandHeader("sample-data/" + name, false, "sample-data", ADA));
  }
}
