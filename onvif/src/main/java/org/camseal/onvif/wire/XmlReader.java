package org.camseal.onvif.wire;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document into elements. Every bound is checked before memory is spent; a document type ends the reading before anything in it
 * counts, so no entity is ever expanded and nothing is ever fetched.
 */
public final class XmlReader {
    private static final XMLInputFactory FACTORY = factory();

    private final XmlLimits limits;
    private final XMLStreamReader in;
    private int elements;

    private XmlReader(XmlLimits limits, XMLStreamReader in) {
        this.limits = limits;
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty("jdk.xml.dtd.support", "deny");
        factory.setXMLResolver((_, systemId, _, _) -> {
            throw new XMLStreamException("nothing is fetched, so not " + systemId + " either");
        });
        return factory;
    }

    /**
     * @throws OnvifException.Malformed if it is not well formed, has a document type or processing instruction, is not UTF-8, or passes a
     *     limit
     */
    public static XmlElement read(byte[] document, XmlLimits limits) throws OnvifException.Malformed {
        if (document.length > limits.bytes()) {
            throw new OnvifException.Malformed(
                    "a document of " + document.length + " bytes; at most " + limits.bytes() + " are read");
        }
        try {
            XMLStreamReader in = FACTORY.createXMLStreamReader(new StringReader(decoded(document)));
            try {
                return new XmlReader(limits, in).document();
            } finally {
                in.close();
            }
        } catch (XMLStreamException e) {
            throw new OnvifException.Malformed("not well-formed XML" + place(e));
        }
    }

    /** The parser's own words may repeat what was sent, which may be a password: only the place is told. */
    private static String place(XMLStreamException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber();
    }

    private static String decoded(byte[] document) throws OnvifException.Malformed {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new OnvifException.Malformed("not UTF-8; XML is read in no other encoding");
        }
    }

    private XmlElement document() throws XMLStreamException, OnvifException.Malformed {
        String encoding = in.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("utf-8")) {
            throw new OnvifException.Malformed("XML that says it is not UTF-8");
        }
        toElement();
        XmlElement root = element(1, Map.of("xml", Namespaces.XML));
        while (in.hasNext()) {
            requireHarmless(in.next());
        }
        return root;
    }

    private void toElement() throws XMLStreamException, OnvifException.Malformed {
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return;
            }
            requireHarmless(event);
        }
        throw new OnvifException.Malformed("XML without an element");
    }

    /** SOAP 1.2 part 1, section 5: neither document types nor processing instructions. */
    private static void requireHarmless(int event) throws OnvifException.Malformed {
        if (event == XMLStreamConstants.DTD
                || event == XMLStreamConstants.ENTITY_REFERENCE
                || event == XMLStreamConstants.ENTITY_DECLARATION) {
            throw new OnvifException.Malformed("XML with a document type or entities, which SOAP does not have");
        }
        if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            throw new OnvifException.Malformed("XML with a processing instruction, which SOAP does not have");
        }
    }

    private XmlElement element(int depth, Map<String, String> outer)
            throws XMLStreamException, OnvifException.Malformed {
        require(depth <= limits.depth(), "elements inside each other", limits.depth());
        require(++elements <= limits.elements(), "elements", limits.elements());
        require(
                in.getAttributeCount() + in.getNamespaceCount() <= limits.attributes(),
                "attributes of one element",
                limits.attributes());
        XmlName name = new XmlName(Objects.requireNonNullElse(in.getNamespaceURI(), ""), in.getLocalName());
        Map<XmlName, String> attributes = attributes();
        Map<String, String> prefixes = prefixes(outer);
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (in.hasNext()) {
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.END_ELEMENT -> {
                    String kept = children.isEmpty() ? text.toString().strip() : "";
                    return new XmlElement(name, attributes, children, kept, prefixes);
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    children.add(element(depth + 1, prefixes));
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(in.getText());
                default -> requireHarmless(event);
            }
        }
        throw new OnvifException.Malformed("XML that ends inside an element");
    }

    private Map<XmlName, String> attributes() {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String namespace = Objects.requireNonNullElse(in.getAttributeNamespace(i), "");
            attributes.put(new XmlName(namespace, in.getAttributeLocalName(i)), in.getAttributeValue(i));
        }
        return attributes;
    }

    private Map<String, String> prefixes(Map<String, String> outer) throws OnvifException.Malformed {
        if (in.getNamespaceCount() == 0) {
            return outer;
        }
        Map<String, String> prefixes = new HashMap<>(outer);
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            prefixes.put(
                    Objects.requireNonNullElse(in.getNamespacePrefix(i), ""),
                    Objects.requireNonNullElse(in.getNamespaceURI(i), ""));
        }
        require(prefixes.size() <= 4 * limits.attributes(), "namespaces", 4 * limits.attributes());
        return Map.copyOf(prefixes);
    }

    private static void require(boolean within, String what, int most) throws OnvifException.Malformed {
        if (!within) {
            throw new OnvifException.Malformed("XML with more than " + most + " " + what);
        }
    }
}
