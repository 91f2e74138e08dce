package io.rowstream.language.command;

/// What a service puts on the bus.
public sealed interface Command
    permits RecordCommand,
        ChangeSet,
        DefineEntityType,
        ReviseEntityType,
        ReviseOptionSet,
        ClaimKeyValues {}
