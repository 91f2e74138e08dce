/// Rowstream in one process: both sides, a PostgreSQL of its own, sample data, loopback only.
@NullMarked
package io.rowstream.standalone;

import org.jspecify.annotations.NullMarked;
