/// Every record as it is now: a table that follows the log, and the reads that are answered from
/// it, one record always current, lists as far as the table is.
@NullMarked
package io.rowstream.query.projections.current;

import org.jspecify.annotations.NullMarked;
