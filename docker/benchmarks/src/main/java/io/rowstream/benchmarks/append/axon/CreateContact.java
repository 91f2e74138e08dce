package io.rowstream.benchmarks.append.axon;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record CreateContact(@TargetAggregateIdentifier String id) {}
