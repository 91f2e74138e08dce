/// The watch: every committed change, pushed to the clients that want it, over SSE.
@NullMarked
package io.rowstream.query.push;

import org.jspecify.annotations.NullMarked;
