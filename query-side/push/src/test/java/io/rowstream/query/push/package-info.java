/// The watch's guarantees, each seen over HTTP on a real log.
@NullMarked
package io.rowstream.query.push;

import org.jspecify.annotations.NullMarked;
