package io.rowstream.benchmarks.append.axon;

record ContactCreated(String id) {}
