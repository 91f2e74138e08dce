/// Reasons why a command is not carried out; a refused command writes nothing.
@NullMarked
package io.rowstream.language.refusal;

import org.jspecify.annotations.NullMarked;
