/// Tests that meet the running service as its clients do: octets over a socket.
@NullMarked
package io.rowstream.standalone.wire;

import org.jspecify.annotations.NullMarked;
