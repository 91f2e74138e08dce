package io.rowstream.benchmarks.append.rowstream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rowstream.benchmarks.append.Candidate;
import io.rowstream.command.app.CommandBusWiring;
import io.rowstream.command.app.CommandSideSettings;
import io.rowstream.command.eventstore.DurableCommandGateway;
import io.rowstream.command.eventstore.EntityTypeCatalog;
import io.rowstream.language.Value;
import io.rowstream.language.command.Command;
import io.rowstream.language.command.CommandHeader;
import io.rowstream.language.command.DefineEntityType;
import io.rowstream.language.command.Expectation;
import io.rowstream.language.command.RecordCommand.CreateRecord;
import io.rowstream.language.command.RecordCommand.UpdateRecord;
import io.rowstream.language.entity.Attribute;
import io.rowstream.language.entity.AttributeType;
import io.rowstream.language.entity.EntityType;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The whole command path: bus, lock, cached aggregate, rules, event JSON, group commit.
public final class CommandPath implements Candidate {
  private static final UUID ACTOR = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final CommandSideSettings SETTINGS =
      new CommandSideSettings(
          512,
          16_384,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          10_000,
          100_000,
          200,
          Duration.ofDays(7),
          8,
          4 << 20);

  private final RowstreamLog log;
  private final HikariDataSource reads;
  private final CommandBusWiring wiring;
  private final DurableCommandGateway gateway;

  public CommandPath(String jdbcUrl) throws SQLException {
    log = new RowstreamLog(jdbcUrl);
    var pool = new HikariConfig();
    pool.setDataSource(log.dataSource);
    pool.setMaximumPoolSize(SETTINGS.readConnectionsMax());
    reads = new HikariDataSource(pool);
    wiring =
        new CommandBusWiring(
            log.groupCommit,
            reads,
            new EntityTypeCatalog(reads),
            SETTINGS,
            Clock.systemUTC(),
            new SecureRandom());
    gateway = wiring.gateway();
    send(new DefineEntityType(contact()));
  }

  private static EntityType contact() {
    return EntityType.of(
        "contact",
        "contacts",
        "Contact",
        "emailaddress1",
        text("emailaddress1"),
        text("jobtitle"),
        text("description"));
  }

  private static Attribute text(String name) {
    return new Attribute(name, name, new AttributeType.Text(4_000));
  }

  private long send(Command command) {
    var header = new CommandHeader(UUID.randomUUID().toString(), false, null, ACTOR);
    return gateway.send(command, header).first().rowVersion();
  }

  @Override
  public void create(List<UUID> records) {
    records.parallelStream()
        .forEach(id -> send(new CreateRecord(RowstreamLog.contact(id), Map.of())));
  }

  @Override
  public Update sender() {
    return (id, expectedVersion, change) -> {
      var values = new HashMap<String, Value>();
      change.attributes().forEach((name, text) -> values.put(name, Value.text(text)));
      return send(
          new UpdateRecord(RowstreamLog.contact(id), values, Expectation.exactly(expectedVersion)));
    };
  }

  @Override
  public long events() throws SQLException {
    return log.contactEvents();
  }

  @Override
  public void close() {
    wiring.close();
    log.close();
    reads.close();
  }
}
