/// The log as both sides know it: its tables, the JSON of its events, positions, epochs and
/// cursors.
@NullMarked
package io.rowstream.eventlog;

import org.jspecify.annotations.NullMarked;
