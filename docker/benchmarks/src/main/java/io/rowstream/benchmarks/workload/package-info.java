/// What every candidate is made to do: the same records, the same 300 bytes of change.
@NullMarked
package io.rowstream.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
