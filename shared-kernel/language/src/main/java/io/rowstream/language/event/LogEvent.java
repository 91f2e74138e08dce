package io.rowstream.language.event;

/// What one entry of the log says.
public sealed interface LogEvent
    permits RecordEvent, EntityTypeDefined, EntityTypeRemoved, OptionSetEvent, ClaimEvent {}
