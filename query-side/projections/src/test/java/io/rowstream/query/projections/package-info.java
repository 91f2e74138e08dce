/// What the tests of several projections need.
@NullMarked
package io.rowstream.query.projections;

import org.jspecify.annotations.NullMarked;
