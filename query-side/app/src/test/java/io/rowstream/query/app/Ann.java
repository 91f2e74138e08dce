package io.rowstream.query.app;

import io.rowstream.eventlog.LoggedEvent.Origin;
import io.rowstream.language.Change;
import io.rowstream.language.RecordRef;
import io.rowstream.language.Value;
import io.rowstream.language.event.RecordEvent;
import io.rowstream.language.event.RecordEvent.RecordCreated;
import io.rowstream.language.event.RecordEvent.RecordUpdated;
import io.rowstream.testkit.LogWriter.Said;
import io.rowstream.testkit.LogWriter.SaidTogether;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A contact whose life tests of histories tell.
final class Ann {
  static final UUID COMPANY = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  static final RecordRef REF = Contacts.contact(1);

  private Ann() {}

  /// Versions 0 to 2: created, merged into, forced.
  static void begin(ReadServer server) {
    say(server, "c0", new RecordCreated(Map.of("emailaddress1", Value.text("v0"))));
    say(
        server,
        "c1",
        new RecordUpdated(
            Map.of("parentcustomerid", new Change(Value.empty(), company())),
            true,
            false,
            Set.of()));
    say(
        server,
        "c2",
        new RecordUpdated(
            Map.of("emailaddress1", new Change(Value.text("v0"), Value.text("v2"))),
            false,
            true,
            Set.of("parentcustomerid")));
  }

  static Value company() {
    return new Value.Lookup(new RecordRef("account", COMPANY));
  }

  static void say(ReadServer server, String command, RecordEvent event) {
    var origin = new Origin(command, "tab-1", ReadServer.BEA);
    server.writer().append(new SaidTogether(origin, List.of(new Said(REF, event))));
  }
}
