/// What stands between the socket and the handlers of both sides: bounds, request targets as real
/// clients send them, and every refusal in JSON.
@NullMarked
package io.rowstream.web;

import org.jspecify.annotations.NullMarked;
