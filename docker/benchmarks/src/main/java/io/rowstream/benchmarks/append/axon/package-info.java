/// The rival of the append benchmark: Axon's own JDBC storage engine under its whole command path.
@NullMarked
package io.rowstream.benchmarks.append.axon;

import org.jspecify.annotations.NullMarked;
