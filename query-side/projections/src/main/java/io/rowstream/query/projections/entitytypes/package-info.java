/// The entity types there are, by logical name and by set name.
@NullMarked
package io.rowstream.query.projections.entitytypes;

import org.jspecify.annotations.NullMarked;
