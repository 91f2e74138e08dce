package io.rowstream.benchmarks.append.axon;

import io.rowstream.benchmarks.workload.ContactChange;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;

record ChangeContact(
    @TargetAggregateIdentifier String id,
    @TargetAggregateVersion Long expectedVersion,
    ContactChange change) {}
