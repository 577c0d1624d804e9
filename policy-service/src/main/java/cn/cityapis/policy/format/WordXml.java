package cn.cityapis.policy.format;

import java.io.IOException;
import java.io.InputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/** Reading the XML inside a Word document as a stream, without document types and so without entities of its own. */
final class WordXml {

    private WordXml() {
    }

    static XMLStreamReader open(InputStream part) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(part);
    }

    /** Takes an element. */
    interface Reader {
        void element(XMLStreamReader in) throws XMLStreamException;
    }

    /** Every element of a part that may be missing. */
    static void each(@Nullable InputStream part, Reader reader) {
        if (part == null) {
            return;
        }
        try (part) {
            XMLStreamReader in = open(part);
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new DocxPackage.Damaged(new IOException("a document type is not allowed here"));
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    reader.element(in);
                }
            }
        } catch (XMLStreamException | IOException damaged) {
            throw new DocxPackage.Damaged(damaged);
        }
    }

    /** Goes to the end of the element the reader stands on. */
    static void skip(XMLStreamReader in) throws XMLStreamException {
        for (int depth = 1; depth > 0;) {
            int event = in.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    /** The attribute of this local name, whatever its namespace; empty where there is none. */
    static String attribute(XMLStreamReader in, String name) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            if (in.getAttributeLocalName(i).equals(name)) {
                return in.getAttributeValue(i);
            }
        }
        return "";
    }

    static int number(XMLStreamReader in, String name, int otherwise) {
        String value = attribute(in, name);
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
    }
}
