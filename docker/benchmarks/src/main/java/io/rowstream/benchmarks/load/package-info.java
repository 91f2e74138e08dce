/// Conditional PATCH and GET by id over HTTP, as fast as the connections get answers.
@NullMarked
package io.rowstream.benchmarks.load;

import org.jspecify.annotations.NullMarked;
