package cn.cityapis.policy.format;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes an XML document whose elements are all of one namespace. */
public final class Markup {

    /** Characters that XML 1.0 cannot hold, not even escaped. */
    private static final Pattern NO_XML = Pattern
            .compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final XMLStreamWriter writer;
    private final String namespace;
    private boolean begun;

    public Markup(String namespace) {
        this.namespace = namespace;
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            writer.writeStartDocument("UTF-8", "1.0");
            writer.setDefaultNamespace(namespace);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param attributes names and values in turn */
    public Markup open(String element, String... attributes) {
        return open(element, List.of(attributes));
    }

    public Markup open(String element, List<String> attributes) {
        try {
            writer.writeStartElement(namespace, element);
            if (!begun) {
                writer.writeDefaultNamespace(namespace);
                begun = true;
            }
            for (int i = 0; i < attributes.size(); i += 2) {
                writer.writeAttribute(attributes.get(i), clean(attributes.get(i + 1)));
            }
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return this;
    }

    public Markup leaf(String element, String text, String... attributes) {
        open(element, attributes);
        text(text);
        return close();
    }

    public Markup empty(String element, String... attributes) {
        return open(element, attributes).close();
    }

    /** Text in an element of its own, or as it stands where that has no name. */
    public Markup wrapped(String element, String text) {
        return element.isEmpty() || text.isEmpty() ? text(text) : leaf(element, text);
    }

    private Markup text(String text) {
        try {
            writer.writeCharacters(clean(text));
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return this;
    }

    public Markup close() {
        try {
            writer.writeEndElement();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return this;
    }

    public byte[] bytes() {
        try {
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static String clean(String text) {
        return NO_XML.matcher(text).replaceAll("\uFFFD");
    }
}
