package io.rowstream.web;

import io.rowstream.odata.openapi.Operation;
import java.util.List;

/// What a side says about its routes, as a bean: it becomes part of the OpenAPI document.
public record NativeOperations(List<Operation> operations) {
  public NativeOperations {
    operations = List.copyOf(operations);
  }
}
