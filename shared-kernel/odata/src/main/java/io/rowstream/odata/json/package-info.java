/// Records as JSON: request bodies in, records and lists of records out.
@NullMarked
package io.rowstream.odata.json;

import org.jspecify.annotations.NullMarked;
