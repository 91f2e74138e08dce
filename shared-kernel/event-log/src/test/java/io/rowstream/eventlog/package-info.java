/// Tests of the log as both sides know it.
@NullMarked
package io.rowstream.eventlog;

import org.jspecify.annotations.NullMarked;
