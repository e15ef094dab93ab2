package org.camseal.onvif.wire;

/**
 * The name of an element or attribute.
 *
 * @param namespace a URI; empty for none, as attributes mostly have it
 * @param local without prefix
 */
public record XmlName(String namespace, String local) {
    /** True for this namespace and local name. */
    public boolean is(String otherNamespace, String otherLocal) {
        return namespace.equals(otherNamespace) && local.equals(otherLocal);
    }

    /** As James Clark writes it, for messages. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? local : "{" + namespace + "}" + local;
    }
}
