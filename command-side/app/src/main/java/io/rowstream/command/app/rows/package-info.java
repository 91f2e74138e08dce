/// Rows of CSV and JSON-lines files, and what they say about records.
@NullMarked
package io.rowstream.command.app.rows;

import org.jspecify.annotations.NullMarked;
