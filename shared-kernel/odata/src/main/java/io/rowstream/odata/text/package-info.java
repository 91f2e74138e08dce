/// How single values are written in URLs, headers and JSON: guids, times, numbers, plain text.
@NullMarked
package io.rowstream.odata.text;

import org.jspecify.annotations.NullMarked;
