/// Tests of the write end of the log.
@NullMarked
package io.rowstream.command.eventstore;

import org.jspecify.annotations.NullMarked;
