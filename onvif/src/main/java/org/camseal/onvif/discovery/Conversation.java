package org.camseal.onvif.discovery;

import static org.camseal.onvif.wire.Namespaces.ADDRESSING_2004;
import static org.camseal.onvif.wire.Namespaces.DISCOVERY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.SoapMessage;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlLimits;
import org.camseal.onvif.wire.XmlName;

/** The words of WS-Discovery: what a searcher's message asks, and what is answered. Pure; sockets are elsewhere. */
final class Conversation {
    private static final String ACTION = "http://schemas.xmlsoap.org/ws/2005/04/discovery/";
    private static final String EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";
    private static final String ASKER = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
    private static final int MAX_ID = 256;

    private final RandomGenerator random;
    private final long instance;
    private long messages;

    /**
     * @param random for the ids of messages
     * @param instance counts up with each start of the camera: seconds since 1970
     */
    Conversation(RandomGenerator random, long instance) {
        this.random = random;
        this.instance = instance;
    }

    /**
     * What to answer to a message.
     *
     * @return empty if it asks nothing, or not for this camera
     * @throws OnvifException.Malformed if it is not SOAP
     */
    Optional<Answer> answer(byte[] datagram, Announcement own) throws OnvifException.Malformed {
        SoapMessage message = SoapMessage.parse(datagram, XmlLimits.DATAGRAM);
        String id = message.header(ADDRESSING_2004, "MessageID")
                .map(XmlElement::text)
                .orElse("");
        if (id.isEmpty() || id.length() > MAX_ID) {
            return Optional.empty();
        }
        XmlElement asked = message.body();
        if (asked.name().is(DISCOVERY, "Probe") && isOf(asked, own)) {
            XmlElement match = XmlElement.of(DISCOVERY, "ProbeMatch", own.whole());
            return Optional.of(
                    new Answer(id, message("ProbeMatches", XmlElement.of(DISCOVERY, "ProbeMatches", match), id)));
        }
        if (asked.name().is(DISCOVERY, "Resolve") && isNamed(asked, own)) {
            XmlElement match = XmlElement.of(DISCOVERY, "ResolveMatch", own.whole());
            return Optional.of(
                    new Answer(id, message("ResolveMatches", XmlElement.of(DISCOVERY, "ResolveMatches", match), id)));
        }
        return Optional.empty();
    }

    /** An answer to a message of that id. */
    static final class Answer {
        private final String to;
        private final byte[] datagram;

        Answer(String to, byte[] datagram) {
            this.to = to;
            this.datagram = datagram;
        }

        String to() {
            return to;
        }

        byte[] datagram() {
            return datagram;
        }
    }

    byte[] hello(Announcement own) {
        return message("Hello", XmlElement.of(DISCOVERY, "Hello", own.whole()), "");
    }

    byte[] bye(Announcement own) {
        return message("Bye", XmlElement.of(DISCOVERY, "Bye", own.reference()), "");
    }

    private static boolean isOf(XmlElement probe, Announcement own) {
        XmlElement types = probe.child(DISCOVERY, "Types").orElse(null);
        if (types != null && !words(types).stream().allMatch(type -> isOurs(types, type))) {
            return false;
        }
        XmlElement scopes = probe.child(DISCOVERY, "Scopes").orElse(null);
        return scopes == null || matches(scopes, own);
    }

    private static boolean isOurs(XmlElement types, String type) {
        Optional<XmlName> name = types.resolve(type);
        return name.isPresent() && Announcement.TYPES.contains(name.get());
    }

    private static boolean matches(XmlElement scopes, Announcement own) {
        Optional<ScopeMatch> rule = ScopeMatch.of(scopes.attribute("MatchBy"));
        return rule.isPresent()
                && words(scopes).stream()
                        .allMatch(wanted -> own.scopes().stream()
                                .anyMatch(scope -> rule.get().matches(wanted, scope)));
    }

    private static boolean isNamed(XmlElement resolve, Announcement own) {
        return resolve.child(ADDRESSING_2004, "EndpointReference")
                .flatMap(reference -> reference.textOf(ADDRESSING_2004, "Address"))
                .filter(own.endpoint()::equals)
                .isPresent();
    }

    private static List<String> words(XmlElement element) {
        return Arrays.stream(element.text().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private synchronized byte[] message(String action, XmlElement body, String relatesTo) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        List<XmlElement> headers = new ArrayList<>(List.of(
                XmlElement.text(ADDRESSING_2004, "MessageID", "urn:uuid:" + java.util.UUID.nameUUIDFromBytes(id)),
                XmlElement.text(ADDRESSING_2004, "To", relatesTo.isEmpty() ? EVERYBODY : ASKER),
                XmlElement.text(ADDRESSING_2004, "Action", ACTION + action)));
        if (!relatesTo.isEmpty()) {
            headers.add(XmlElement.text(ADDRESSING_2004, "RelatesTo", relatesTo));
        }
        headers.add(XmlElement.of(DISCOVERY, "AppSequence")
                .with("InstanceId", instance)
                .with("MessageNumber", ++messages));
        return new SoapMessage(headers, body).write();
    }
}
