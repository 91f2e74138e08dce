/// Tests of the rows of files.
@NullMarked
package io.rowstream.command.app.rows;

import org.jspecify.annotations.NullMarked;
