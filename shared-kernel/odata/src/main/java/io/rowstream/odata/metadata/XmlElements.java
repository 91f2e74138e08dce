package io.rowstream.odata.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// XML in UTF-8 being written into memory, with the parser of the JDK whatever else is there. For
/// one thread.
final class XmlElements {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
  private final XMLStreamWriter xml;

  XmlElements() {
    try {
      xml = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    } catch (XMLStreamException failure) {
      throw unwritten(failure);
    }
  }

  /// @param attributes names and values in turn
  void open(String element, String... attributes) {
    try {
      xml.writeStartElement(element);
      write(attributes);
    } catch (XMLStreamException failure) {
      throw unwritten(failure);
    }
  }

  void close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException failure) {
      throw unwritten(failure);
    }
  }

  /// @param attributes names and values in turn
  void empty(String element, String... attributes) {
    try {
      xml.writeEmptyElement(element);
      write(attributes);
    } catch (XMLStreamException failure) {
      throw unwritten(failure);
    }
  }

  private void write(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  /// The document; every element has to be closed.
  byte[] document() {
    try {
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException failure) {
      throw unwritten(failure);
    }
    return bytes.toByteArray();
  }

  private static IllegalStateException unwritten(XMLStreamException failure) {
    return new IllegalStateException("XML could not be written into memory", failure);
  }
}
