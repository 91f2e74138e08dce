/// What the service says about its own routes, headers and annotations: an OpenAPI 3.1 document.
@NullMarked
package io.rowstream.odata.openapi;

import org.jspecify.annotations.NullMarked;
