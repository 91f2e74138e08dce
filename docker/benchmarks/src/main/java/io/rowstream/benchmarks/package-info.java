/// Measurement programs: each compares Rowstream with a rival in one run and prints Markdown.
@NullMarked
package io.rowstream.benchmarks;

import org.jspecify.annotations.NullMarked;
