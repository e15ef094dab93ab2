package org.camseal.onvif.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One element with all that is in it. Has either children or text: text between children is not kept.
 *
 * @param attributes without namespace declarations
 * @param text as it is meant, not escaped; of an element that was read, without blanks around it
 * @param prefixes namespaces by prefix: of an element that was read, those in force; of one to be written, those its texts need
 */
public record XmlElement(
        XmlName name,
        Map<XmlName, String> attributes,
        List<XmlElement> children,
        String text,
        Map<String, String> prefixes) {
    public XmlElement {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
        prefixes = Map.copyOf(prefixes);
    }

    /** An element of children, or an empty one. */
    public static XmlElement of(String namespace, String local, XmlElement... children) {
        return of(namespace, local, List.of(children));
    }

    /** An element of children. */
    public static XmlElement of(String namespace, String local, List<XmlElement> children) {
        return new XmlElement(new XmlName(namespace, local), Map.of(), children, "", Map.of());
    }

    /** An element of text; numbers and truth values as XML Schema writes them. */
    public static XmlElement text(String namespace, String local, Object text) {
        return new XmlElement(new XmlName(namespace, local), Map.of(), List.of(), String.valueOf(text), Map.of());
    }

    /** With one more attribute, of no namespace. */
    public XmlElement with(String attribute, Object value) {
        return with(new XmlName("", attribute), value);
    }

    /** With one more attribute, of no namespace, if there is a value. */
    public XmlElement with(String attribute, Optional<?> value) {
        return value.isPresent() ? with(attribute, (Object) value.get()) : this;
    }

    /** With one more attribute. */
    public XmlElement with(XmlName attribute, Object value) {
        Map<XmlName, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, String.valueOf(value));
        return new XmlElement(name, more, children, text, prefixes);
    }

    /** With more children, behind those it has. */
    public XmlElement and(List<XmlElement> more) {
        List<XmlElement> all = new ArrayList<>(children);
        all.addAll(more);
        return new XmlElement(name, attributes, all, text, prefixes);
    }

    /** The same, whose text or attributes hold names of that namespace: its prefix is declared. */
    public XmlElement naming(String namespace) {
        Map<String, String> more = new LinkedHashMap<>(prefixes);
        more.put(Namespaces.prefix(namespace), namespace);
        return new XmlElement(name, attributes, children, text, more);
    }

    /** The first child of that name. */
    public Optional<XmlElement> child(String namespace, String local) {
        return children.stream()
                .filter(child -> child.name().is(namespace, local))
                .findFirst();
    }

    /** The text of the first child of that name. */
    public Optional<String> textOf(String namespace, String local) {
        return child(namespace, local).map(XmlElement::text);
    }

    /** An attribute without namespace. */
    public Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(new XmlName("", local)));
    }

    /**
     * A name that stands in this element's text, such as {@code dn:NetworkVideoTransmitter}, by the prefixes in force; empty for a prefix
     * that is not declared.
     */
    public Optional<XmlName> resolve(String qualified) {
        int colon = qualified.indexOf(':');
        String prefix = colon < 0 ? "" : qualified.substring(0, colon);
        String local = qualified.substring(colon + 1);
        String namespace = prefixes.get(prefix);
        if (namespace == null) {
            return prefix.isEmpty() ? Optional.of(new XmlName("", local)) : Optional.empty();
        }
        return Optional.of(new XmlName(namespace, local));
    }

    /** The name alone: what is inside may be a login. */
    @Override
    public String toString() {
        return name.toString();
    }
}
