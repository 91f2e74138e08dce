package io.rowstream.command.app;

import io.rowstream.language.RowVersion;
import io.rowstream.language.command.ConcurrencyBehavior;
import io.rowstream.language.command.Expectation;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.header.Condition;
import io.rowstream.odata.url.ResourcePath.SingleRecord;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;

/// What `If-Match` and `Prefer` mean as an expected version.
final class Expectations {

  private Expectations() {}

  /// @param current version of the record, asked for only when the condition names several
  static Expectation of(WriteRequest request, Supplier<Long> current) {
    if (request.ifNoneMatch() instanceof Condition.Versions
        || (request.ifNoneMatch() instanceof Condition.Any
            && !(request.ifMatch() instanceof Condition.None))) {
      throw BadRequest.query("If-None-Match takes * here, and not together with If-Match.");
    }
    if (request.ifNoneMatch() instanceof Condition.Any
        && !(request.path() instanceof SingleRecord && request.method().equals(HttpMethod.PATCH))) {
      throw BadRequest.query("If-None-Match: * has a meaning only where a record may be created.");
    }
    return switch (request.ifMatch()) {
      case Condition.None _, Condition.Any _ ->
          new Expectation(null, behavior(request, ConcurrencyBehavior.DEFAULT));
      case Condition.Versions versions ->
          new Expectation(
              new RowVersion(
                  versions.versions().size() == 1
                      ? versions.versions().getFirst()
                      : versions.expectedAt(current.get())),
              behavior(request, ConcurrencyBehavior.IF_ROW_VERSION_MATCHES));
    };
  }

  private static ConcurrencyBehavior behavior(WriteRequest request, ConcurrencyBehavior otherwise) {
    if (request.preferences().merge()) {
      return ConcurrencyBehavior.MERGE_IF_DISJOINT;
    }
    return request.preferences().overwrite() ? ConcurrencyBehavior.ALWAYS_OVERWRITE : otherwise;
  }
}
