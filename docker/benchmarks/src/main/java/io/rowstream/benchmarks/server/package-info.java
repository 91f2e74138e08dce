/// Servers under test: started as child JVMs, awaited until ready, measured from outside.
@NullMarked
package io.rowstream.benchmarks.server;

import org.jspecify.annotations.NullMarked;
