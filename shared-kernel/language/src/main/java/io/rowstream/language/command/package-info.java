/// Orders to change records, who sends them, and what is answered.
@NullMarked
package io.rowstream.language.command;

import org.jspecify.annotations.NullMarked;
