package io.rowstream.odata.json;

import io.rowstream.odata.text.NumberText;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// How JSON is read and written on the wire: strictly, within bounds, always as UTF-8.
public final class WireJson {

  /// The deepest nesting of a request body.
  public static final int DEPTH_MAX = 20;

  /// The longest name of a member, in characters.
  public static final int NAME_LENGTH_MAX = 500;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NumberText.LENGTH_MAX)
                  .maxNameLength(NAME_LENGTH_MAX)
                  .build())
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // What breaks off in the middle must not look whole.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private WireJson() {}

  /// A parser of text that may break off or hold anything.
  public static JsonParser from(String text) {
    return FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  /// A generator that leaves the stream open, and unfinished objects unfinished, when it is closed.
  public static JsonGenerator to(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }
}
