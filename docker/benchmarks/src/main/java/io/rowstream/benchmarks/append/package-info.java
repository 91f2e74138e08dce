/// Conditional appends per second, in process.
@NullMarked
package io.rowstream.benchmarks.append;

import org.jspecify.annotations.NullMarked;
