/// A service that is killed at the worst moments: traffic, a fault, a history and a verdict.
@NullMarked
package io.rowstream.faults;

import org.jspecify.annotations.NullMarked;
