/// Rowstream as a candidate: the event store alone, and the whole command path.
@NullMarked
package io.rowstream.benchmarks.append.rowstream;

import org.jspecify.annotations.NullMarked;
