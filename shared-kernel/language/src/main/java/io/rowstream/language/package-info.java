/// The words every part of Rowstream shares: which record, at which version, holding which values.
@NullMarked
package io.rowstream.language;

import org.jspecify.annotations.NullMarked;
