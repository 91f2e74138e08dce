package io.rowstream.command.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Bounds of the command side.
///
/// @param batchCommandsMax commands sharing one commit
/// @param queueCommandsMax commands waiting for a commit; beyond it a command is refused at once
/// @param appendTimeout how long a command waits for its commit
/// @param lockTimeout how long a command waits for others on the same record
/// @param waitersMax commands waiting for one record; beyond it a command is refused at once
/// @param cachedRecordsMax records kept in memory between commands
/// @param snapshotEvents events after which a record's state is stored as a shortcut
/// @param outcomeRetention how long a command id is remembered
/// @param readConnectionsMax connections that load records
/// @param bodyBytesMax size of a request's body
@ConfigurationProperties("rowstream.command")
public record CommandSideSettings(
    @DefaultValue("512") int batchCommandsMax,
    @DefaultValue("16384") int queueCommandsMax,
    @DefaultValue("10s") Duration appendTimeout,
    @DefaultValue("30s") Duration lockTimeout,
    @DefaultValue("10000") int waitersMax,
    @DefaultValue("100000") int cachedRecordsMax,
    @DefaultValue("200") int snapshotEvents,
    @DefaultValue("7d") Duration outcomeRetention,
    @DefaultValue("8") int readConnectionsMax,
    @DefaultValue("4194304") int bodyBytesMax) {}
