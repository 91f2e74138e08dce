/// The query side over HTTP: records, lists, counts and history in the dialect's words, and the
/// wiring of everything that reads the log.
@NullMarked
package io.rowstream.query.app;

import org.jspecify.annotations.NullMarked;
