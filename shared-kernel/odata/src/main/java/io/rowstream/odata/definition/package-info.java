/// Definitions of entity types, attributes and relationships as clients write them.
@NullMarked
package io.rowstream.odata.definition;

import org.jspecify.annotations.NullMarked;
