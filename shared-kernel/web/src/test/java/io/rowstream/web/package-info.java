/// Tests of what stands before the handlers.
@NullMarked
package io.rowstream.web;

import org.jspecify.annotations.NullMarked;
