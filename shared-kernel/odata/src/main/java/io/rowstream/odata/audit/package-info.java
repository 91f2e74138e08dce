/// Who changed what and when, as clients ask for it.
@NullMarked
package io.rowstream.odata.audit;

import org.jspecify.annotations.NullMarked;
