/// A query whose names and types have been checked against an entity type.
@NullMarked
package io.rowstream.odata.query;

import org.jspecify.annotations.NullMarked;
