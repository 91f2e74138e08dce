/// The metadata clients are generated from and ask for: `$metadata` and `EntityDefinitions`, made
/// from the definitions of the entity types.
@NullMarked
package io.rowstream.odata.metadata;

import org.jspecify.annotations.NullMarked;
