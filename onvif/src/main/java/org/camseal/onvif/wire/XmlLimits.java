package org.camseal.onvif.wire;

/**
 * What of a document is read at most.
 *
 * @param bytes of the whole document
 * @param depth of elements inside each other, the outermost counted
 * @param elements in all
 * @param attributes of one element, namespace declarations counted
 */
public record XmlLimits(int bytes, int depth, int elements, int attributes) {
    /** A SOAP request: the largest are certificates. */
    public static final XmlLimits REQUEST = new XmlLimits(64 * 1024, 24, 2_000, 32);

    /** A datagram of WS-Discovery. */
    public static final XmlLimits DATAGRAM = new XmlLimits(8 * 1024, 12, 64, 24);
}
