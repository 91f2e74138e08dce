/// The small HTTP client the programs ask with, and the dialects of both sides.
@NullMarked
package io.rowstream.benchmarks.http;

import org.jspecify.annotations.NullMarked;
