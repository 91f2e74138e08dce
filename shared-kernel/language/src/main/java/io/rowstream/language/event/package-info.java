/// Facts in the log: what has happened to one record or one entity type.
@NullMarked
package io.rowstream.language.event;

import org.jspecify.annotations.NullMarked;
