/// Tests of the words every part of Rowstream shares.
@NullMarked
package io.rowstream.language;

import org.jspecify.annotations.NullMarked;
