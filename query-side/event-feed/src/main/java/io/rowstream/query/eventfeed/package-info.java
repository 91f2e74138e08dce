/// The read end of the log: every event in commit order, recent ones from memory; nothing here can
/// append.
@NullMarked
package io.rowstream.query.eventfeed;

import org.jspecify.annotations.NullMarked;
