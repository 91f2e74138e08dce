package io.rowstream.odata.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One method on one path, as others are told of it.
///
/// @param method such as `GET`
/// @param path with parameters in braces: `/api/import/{set}`
/// @param summary one line
/// @param description in Markdown
/// @param body null for none
/// @param answers by status; `default` is every error
public record Operation(
    String method,
    String path,
    String summary,
    String description,
    List<Parameter> parameters,
    @Nullable Content body,
    Map<String, Answer> answers) {
  public Operation {
    parameters = List.copyOf(parameters);
    answers = Map.copyOf(answers);
  }

  /// An operation whose answers are JSON errors unless it says otherwise.
  public static Operation of(String method, String path, String summary, String description) {
    return new Operation(
        method,
        path,
        summary,
        description,
        List.of(),
        null,
        Map.of(
            "default",
            new Answer(
                "Refused; nothing was written.",
                List.of(),
                Content.json(Schema.named(OpenApiDocument.ERROR)))));
  }

  public Operation with(Parameter... more) {
    var all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Operation(method, path, summary, description, all, body, answers);
  }

  public Operation with(Content sent) {
    return new Operation(method, path, summary, description, parameters, sent, answers);
  }

  public Operation with(int status, Answer answer) {
    var all = new TreeMap<>(answers);
    all.put(Integer.toString(status), answer);
    return new Operation(method, path, summary, description, parameters, body, all);
  }

  /// Where a parameter stands.
  public enum In {
    PATH,
    QUERY,
    HEADER;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param in where; one in the path is always there, others need not be
  public record Parameter(In in, String name, Schema schema) {
    public static Parameter path(String name, String description) {
      return new Parameter(In.PATH, name, Schema.text(description));
    }

    public static Parameter query(String name, String description) {
      return new Parameter(In.QUERY, name, Schema.text(description));
    }

    public static Parameter header(String name, String description) {
      return new Parameter(In.HEADER, name, Schema.text(description));
    }
  }

  /// @param mediaTypes all of the one schema
  public record Content(List<String> mediaTypes, Schema schema) {
    public Content {
      mediaTypes = List.copyOf(mediaTypes);
    }

    public static Content json(Schema schema) {
      return new Content(List.of("application/json"), schema);
    }
  }

  /// @param headers of the answer
  /// @param content null for none
  public record Answer(String description, List<Parameter> headers, @Nullable Content content) {
    public Answer {
      headers = List.copyOf(headers);
    }
  }
}
