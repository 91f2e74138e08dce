package io.rowstream.odata.metadata;

import static io.rowstream.odata.Examples.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What generators of code, odata2ts among them, rely on in the document.
class GeneratorsTest {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> PRIMITIVES =
      Set.of(
          "Edm.Boolean",
          "Edm.DateTimeOffset",
          "Edm.Decimal",
          "Edm.Guid",
          "Edm.Int32",
          "Edm.Int64",
          "Edm.String");

  private Document document;

  @BeforeEach
  void read() throws Exception {
    byte[] xml =
        CsdlDocument.write(List.of(ACCOUNT, CsdlDocumentTest.CONTACT, CsdlDocumentTest.USER), true);
    document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
  }

  @Test
  void every_type_that_is_named_is_a_primitive_or_one_of_the_document() {
    var known = new TreeSet<>(PRIMITIVES);
    for (String kind : List.of("EntityType", "ComplexType")) {
      for (Element type : all(kind)) {
        known.add("mscrm." + type.getAttribute("Name"));
        known.add("Microsoft.Dynamics.CRM." + type.getAttribute("Name"));
      }
    }

    for (String kind : List.of("Property", "NavigationProperty", "Parameter", "ReturnType")) {
      assertThat(all(kind))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(known).contains(single(each.getAttribute("Type"))));
    }
    assertThat(all("EntitySet"))
        .allSatisfy(set -> assertThat(known).contains(set.getAttribute("EntityType")));
  }

  private static String single(String type) {
    return type.startsWith("Collection(")
        ? type.substring("Collection(".length(), type.length() - 1)
        : type;
  }

  @Test
  void every_entity_type_has_one_key_which_is_a_property_that_is_always_there() {
    assertThat(all("EntityType"))
        .allSatisfy(type -> {
          var keys = within(type, "PropertyRef");
          assertThat(keys).hasSize(1);
          var property =
              within(type, "Property").stream()
                  .filter(each -> name(each).equals(name(keys.getFirst())))
                  .findFirst()
                  .orElseThrow();
          assertThat(property.getAttribute("Nullable")).isEqualTo("false");
        });
  }

  @Test
  void names_are_identifiers_and_no_two_members_of_a_type_have_the_same() {
    for (String kind : List.of("EntityType", "ComplexType", "Function", "EntitySet")) {
      assertThat(all(kind)).allSatisfy(each -> assertThat(name(each)).matches(IDENTIFIER));
    }
    assertThat(all("EntityType"))
        .allSatisfy(type ->
            assertThat(
                    Stream.concat(
                            within(type, "Property").stream(),
                            within(type, "NavigationProperty").stream())
                        .map(GeneratorsTest::name))
                .doesNotHaveDuplicates()
                .allMatch(IDENTIFIER.asMatchPredicate()));
  }

  @Test
  void every_import_and_every_binding_leads_to_something_in_the_document() {
    var functions = all("Function").stream().map(GeneratorsTest::name).toList();
    var sets = all("EntitySet").stream().map(GeneratorsTest::name).toList();

    assertThat(all("FunctionImport"))
        .isNotEmpty()
        .allSatisfy(each ->
            assertThat(functions)
                .contains(each.getAttribute("Function").replace("Microsoft.Dynamics.CRM.", "")));
    assertThat(all("NavigationPropertyBinding"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(sets).contains(each.getAttribute("Target")));
  }

  private List<Element> all(String kind) {
    return within(document.getDocumentElement(), kind);
  }

  private static List<Element> within(Element parent, String kind) {
    var nodes = parent.getElementsByTagName(kind);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String name(Element element) {
    return element.getAttribute("Name");
  }
}
