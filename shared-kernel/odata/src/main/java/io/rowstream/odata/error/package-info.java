/// Errors as they are answered: status, code, message and the JSON body.
@NullMarked
package io.rowstream.odata.error;

import org.jspecify.annotations.NullMarked;
