/// Request headers of the dialect, as data.
@NullMarked
package io.rowstream.odata.header;

import org.jspecify.annotations.NullMarked;
