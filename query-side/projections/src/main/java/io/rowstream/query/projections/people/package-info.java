/// The people behind the ids in events: what they are called and whether they are still there.
@NullMarked
package io.rowstream.query.projections.people;

import org.jspecify.annotations.NullMarked;
