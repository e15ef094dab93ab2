package org.camseal.onvif.wire;

import java.util.Map;

/** The namespaces that are spoken here, and the prefixes they are written with. */
public final class Namespaces {
    public static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";
    public static final String XML = "http://www.w3.org/XML/1998/namespace";
    public static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    /** The older addressing that WS-Discovery of 2005 uses. */
    public static final String ADDRESSING_2004 = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    public static final String DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
    public static final String NETWORK = "http://www.onvif.org/ver10/network/wsdl";
    public static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    public static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
    public static final String MEDIA2 = "http://www.onvif.org/ver20/media/wsdl";
    public static final String SECURITY = "http://www.onvif.org/ver10/advancedsecurity/wsdl";
    public static final String EVENTS = "http://www.onvif.org/ver10/events/wsdl";
    public static final String SCHEMA = "http://www.onvif.org/ver10/schema";
    public static final String ERROR = "http://www.onvif.org/ver10/error";
    public static final String TOPICS = "http://www.onvif.org/ver10/topics";
    public static final String NOTIFICATION = "http://docs.oasis-open.org/wsn/b-2";
    public static final String NOTIFICATION_TOPICS = "http://docs.oasis-open.org/wsn/t-1";
    public static final String RESOURCE_FAULT = "http://docs.oasis-open.org/wsrf/bf-2";
    public static final String WS_SECURITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public static final String WS_UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    /** The types that XML Schema itself has. */
    public static final String SCHEMA_TYPES = "http://www.w3.org/2001/XMLSchema";

    /** Topics that ONVIF has no name for. */
    public static final String OWN_TOPICS = "urn:camseal:onvif:topics";

    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry(ENVELOPE, "env"),
            Map.entry(XML, "xml"),
            Map.entry(ADDRESSING, "wsa"),
            Map.entry(ADDRESSING_2004, "wsa4"),
            Map.entry(DISCOVERY, "d"),
            Map.entry(NETWORK, "dn"),
            Map.entry(DEVICE, "tds"),
            Map.entry(MEDIA, "trt"),
            Map.entry(MEDIA2, "tr2"),
            Map.entry(SECURITY, "tas"),
            Map.entry(EVENTS, "tev"),
            Map.entry(SCHEMA, "tt"),
            Map.entry(ERROR, "ter"),
            Map.entry(TOPICS, "tns1"),
            Map.entry(NOTIFICATION, "wsnt"),
            Map.entry(NOTIFICATION_TOPICS, "wstop"),
            Map.entry(RESOURCE_FAULT, "wsrf-bf"),
            Map.entry(WS_SECURITY, "wsse"),
            Map.entry(WS_UTILITY, "wsu"),
            Map.entry(SCHEMA_TYPES, "xs"),
            Map.entry(OWN_TOPICS, "camseal"));

    private Namespaces() {}

    /** The prefix that a namespace is written with. */
    static String prefix(String namespace) {
        String prefix = PREFIXES.get(namespace);
        if (prefix == null) {
            throw new IllegalArgumentException("no prefix is known for " + namespace);
        }
        return prefix;
    }

    /** A name as text, such as {@code tns1:Device}; see {@link XmlElement#naming}. */
    public static String qualified(String namespace, String local) {
        return prefix(namespace) + ":" + local;
    }
}
