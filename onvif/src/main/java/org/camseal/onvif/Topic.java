package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.OWN_TOPICS;
import static org.camseal.onvif.wire.Namespaces.TOPICS;

import java.util.List;
import java.util.stream.Collectors;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.XmlName;

/**
 * What can be told by events. ONVIF has no topic for a camera that is tampered with or a certificate that expires: those are ours, under
 * ONVIF's, as the Core Specification lets makers do it.
 */
public enum Topic {
    TAMPER(
            List.of(root("Device"), own("Tamper")),
            Kind.PROPERTY,
            List.of(new Item("Source", "xs:string")),
            List.of(new Item("State", "xs:boolean"), new Item("Cause", "xs:string"))),
    SIGNAL_LOSS(
            List.of(root("VideoSource"), below("SignalLoss")),
            Kind.PROPERTY,
            List.of(new Item("VideoSource", "tt:ReferenceToken")),
            List.of(new Item("State", "xs:boolean"))),
    CERTIFICATE_EXPIRY(
            List.of(root("Advancedsecurity"), below("Keystore"), own("CertificateExpiry")),
            Kind.PROPERTY,
            List.of(new Item("CertificateID", "tas:CertificateID")),
            List.of(new Item("State", "xs:string"), new Item("NotAfter", "xs:dateTime"))),
    KEY_STATUS(
            List.of(root("Advancedsecurity"), below("Keystore"), below("KeyStatus")),
            Kind.EVENT,
            List.of(new Item("KeyID", "tas:KeyID")),
            List.of(new Item("OldStatus", "tas:KeyStatus"), new Item("NewStatus", "tas:KeyStatus")));

    /** Whether it has a state that a new subscriber is told at once. */
    public enum Kind {
        PROPERTY,
        EVENT
    }

    /**
     * One value of its messages.
     *
     * @param type qualified, as it is told to clients
     */
    public record Item(String name, String type) {}

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<XmlName> path;

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Item> source;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Item> data;

    Topic(List<XmlName> path, Kind kind, List<Item> source, List<Item> data) {
        this.path = path;
        this.kind = kind;
        this.source = source;
        this.data = data;
    }

    private static XmlName root(String local) {
        return new XmlName(TOPICS, local);
    }

    /** Below a root the names of the root's namespace are written without one (WS-Topics section 8). */
    private static XmlName below(String local) {
        return new XmlName("", local);
    }

    private static XmlName own(String local) {
        return new XmlName(OWN_TOPICS, local);
    }

    /** Its names from the root on. */
    public List<XmlName> path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /** What the values of its source are called. */
    public List<Item> source() {
        return source;
    }

    /** What the values of its data are called. */
    public List<Item> data() {
        return data;
    }

    /** As it stands in messages. */
    String expression() {
        return path.stream()
                .map(part -> part.namespace().isEmpty()
                        ? part.local()
                        : Namespaces.qualified(part.namespace(), part.local()))
                .collect(Collectors.joining("/"));
    }
}
