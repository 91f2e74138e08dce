/// The command side put together, and its HTTP door: every write of the dialect.
@NullMarked
package io.rowstream.command.app;

import org.jspecify.annotations.NullMarked;
