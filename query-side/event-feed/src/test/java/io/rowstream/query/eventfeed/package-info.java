/// The feed's promises, each seen on a real PostgreSQL.
@NullMarked
package io.rowstream.query.eventfeed;

import org.jspecify.annotations.NullMarked;
