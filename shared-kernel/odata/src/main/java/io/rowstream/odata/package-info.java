/// What every part of the HTTP dialect shares: error codes and the refusal of a bad request.
@NullMarked
package io.rowstream.odata;

import org.jspecify.annotations.NullMarked;
