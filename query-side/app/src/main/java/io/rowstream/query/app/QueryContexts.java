package io.rowstream.query.app;

import io.rowstream.odata.query.QueryContext;
import java.time.Clock;

/// What requests are understood against. Thread-safe.
record QueryContexts(EntitySetColumns sets, Callers callers, Clock clock) {

  QueryContext of(ReadRequest request) {
    return new QueryContext(sets, callers.caller(request.caller()), clock.instant());
  }
}
