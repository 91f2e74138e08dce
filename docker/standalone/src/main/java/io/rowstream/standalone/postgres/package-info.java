/// The PostgreSQL that a standalone Rowstream brings along and guards against crashes of the JVM.
@NullMarked
package io.rowstream.standalone.postgres;

import org.jspecify.annotations.NullMarked;
