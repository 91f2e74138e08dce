/// What a URL asks for, as data: resource path and query options, before any name in them is known
/// to exist.
@NullMarked
package io.rowstream.odata.url;

import org.jspecify.annotations.NullMarked;
