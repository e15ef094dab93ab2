package org.camseal.onvif.discovery;

import static org.camseal.onvif.wire.Namespaces.ADDRESSING_2004;
import static org.camseal.onvif.wire.Namespaces.DEVICE;
import static org.camseal.onvif.wire.Namespaces.DISCOVERY;
import static org.camseal.onvif.wire.Namespaces.NETWORK;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlName;

/**
 * What a camera says of itself to those who search.
 *
 * @param endpoint its name for its whole life, {@code urn:uuid:…}
 * @param scopes URIs
 * @param addresses of its device service
 * @param version of all this; counts up when something changes
 */
public record Announcement(String endpoint, List<String> scopes, List<URI> addresses, long version) {
    /** What kind of device it is. */
    static final List<XmlName> TYPES =
            List.of(new XmlName(NETWORK, "NetworkVideoTransmitter"), new XmlName(DEVICE, "Device"));

    public Announcement {
        scopes = List.copyOf(scopes);
        addresses = List.copyOf(addresses);
    }

    /** Its name alone. */
    XmlElement reference() {
        return XmlElement.of(
                ADDRESSING_2004, "EndpointReference", XmlElement.text(ADDRESSING_2004, "Address", endpoint));
    }

    /** All of it, as the contents of Hello and of a match. */
    List<XmlElement> whole() {
        String types = TYPES.stream()
                .map(type -> Namespaces.qualified(type.namespace(), type.local()))
                .collect(Collectors.joining(" "));
        String where = addresses.stream().map(URI::toString).collect(Collectors.joining(" "));
        return List.of(
                reference(),
                XmlElement.text(DISCOVERY, "Types", types).naming(NETWORK).naming(DEVICE),
                XmlElement.text(DISCOVERY, "Scopes", String.join(" ", scopes)),
                XmlElement.text(DISCOVERY, "XAddrs", where),
                XmlElement.text(DISCOVERY, "MetadataVersion", version));
    }
}
