/// The write end of the log: group commit, and Axon's storage engine, idempotent outcomes and
/// snapshots on top of it.
@NullMarked
package io.rowstream.command.eventstore;

import org.jspecify.annotations.NullMarked;
