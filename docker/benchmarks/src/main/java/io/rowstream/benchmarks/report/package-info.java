/// What the programs print: rounds, their medians, ratios between candidates, tables.
@NullMarked
package io.rowstream.benchmarks.report;

import org.jspecify.annotations.NullMarked;
