/// What has happened to one record, change by change.
@NullMarked
package io.rowstream.query.projections.history;

import org.jspecify.annotations.NullMarked;
