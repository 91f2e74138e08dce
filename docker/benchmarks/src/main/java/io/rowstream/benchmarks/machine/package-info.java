/// What the programs run on: the options, the machine, PostgreSQL, child JVMs.
@NullMarked
package io.rowstream.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
