/// How long a committed change takes to reach those who watch, and what a watcher costs in memory.
@NullMarked
package io.rowstream.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
