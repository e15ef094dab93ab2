package org.camseal.bench.cipher;

import java.util.Locale;

/** Writes SVG 1.1, element by element, with escaped text and numbers of at most two digits behind the point. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /**
     * An element without contents.
     *
     * @param attributes names and values in turn; values are texts or numbers
     */
    Svg element(String name, Object... attributes) {
        open(name, attributes);
        out.setLength(out.length() - 1);
        out.append("/>\n");
        return this;
    }

    /** An element that holds text alone. */
    Svg text(String name, String text, Object... attributes) {
        open(name, attributes);
        out.append(escaped(text));
        return close(name);
    }

    Svg open(String name, Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(value(attributes[i + 1])))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    /** Text inside the open element. */
    Svg text(String text) {
        out.append(escaped(text));
        return this;
    }

    Svg close(String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    private static String value(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.2f", number);
        }
        return value.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
