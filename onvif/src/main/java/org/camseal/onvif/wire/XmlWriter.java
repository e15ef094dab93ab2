package org.camseal.onvif.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes elements as a document in UTF-8. Whatever a text holds, it stays text. */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder();

    private XmlWriter() {}

    /** A document whose outermost element declares all namespaces. */
    public static byte[] write(XmlElement root) {
        Map<String, String> declared = new TreeMap<>();
        collect(root, declared);
        declared.remove("xml");
        XmlWriter writer = new XmlWriter();
        writer.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        writer.element(root, declared);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void collect(XmlElement element, Map<String, String> declared) {
        declare(element.name(), declared);
        element.attributes().keySet().forEach(name -> declare(name, declared));
        declared.putAll(element.prefixes());
        element.children().forEach(child -> collect(child, declared));
    }

    private static void declare(XmlName name, Map<String, String> declared) {
        if (!name.namespace().isEmpty()) {
            declared.put(Namespaces.prefix(name.namespace()), name.namespace());
        }
    }

    private void element(XmlElement element, Map<String, String> declared) {
        String name = written(element.name());
        out.append('<').append(name);
        declared.forEach((prefix, namespace) -> attribute("xmlns:" + prefix, namespace));
        element.attributes().forEach((attribute, value) -> attribute(written(attribute), value));
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(element.text());
        element.children().forEach(child -> element(child, Map.of()));
        out.append("</").append(name).append('>');
    }

    private static String written(XmlName name) {
        return name.namespace().isEmpty() ? name.local() : Namespaces.qualified(name.namespace(), name.local());
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(isCharacter(c) ? c : '\ufffd');
            }
        }
    }

    /** XML 1.0 section 2.2; others cannot be written in any way. */
    private static boolean isCharacter(int c) {
        return (c >= 0x20 && c < 0xd800) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    }
}
