package io.rowstream.web;

import io.rowstream.odata.openapi.OpenApiDocument;
import io.rowstream.odata.openapi.Operation;
import io.rowstream.odata.openapi.Operation.Answer;
import io.rowstream.odata.openapi.Operation.Content;
import io.rowstream.odata.openapi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/// Serves what the routes of this process say about themselves.
final class OpenApiRoutes {

  private OpenApiRoutes() {}

  /// @param described by whoever has routes in this process
  static RouterFunction<ServerResponse> of(List<NativeOperations> described) {
    var operations = new ArrayList<>(own());
    described.forEach(each -> operations.addAll(each.operations()));
    byte[] document = new OpenApiDocument(operations).json();
    return RouterFunctions.route()
        .GET(
            OpenApiDocument.PATH,
            _ ->
                ServerResponse.status(HttpStatus.OK)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(document))
        .build();
  }

  private static List<Operation> own() {
    return List.of(
        Operation.of("GET", OpenApiDocument.PATH, "This document", "OpenAPI 3.1, in JSON.")
            .with(
                200,
                new Answer(
                    "The document.",
                    List.of(),
                    Content.json(Schema.any("See spec.openapis.org.")))),
        Operation.of(
                "GET",
                "/actuator/health",
                "Whether this process can do its work",
                "`UP` with status 200, or `DOWN` with 503, and which part is why.")
            .with(
                200,
                new Answer(
                    "It can.",
                    List.of(),
                    Content.json(
                        Schema.object(
                            "Spring Boot's.", Map.of("status", Schema.text("UP or DOWN.")))))));
  }
}
