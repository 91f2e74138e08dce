/// The columns of an entity type as clients see them.
@NullMarked
package io.rowstream.odata.column;

import org.jspecify.annotations.NullMarked;
