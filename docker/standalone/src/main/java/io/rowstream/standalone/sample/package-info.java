/// The entity types and records a newcomer finds.
@NullMarked
package io.rowstream.standalone.sample;

import org.jspecify.annotations.NullMarked;
