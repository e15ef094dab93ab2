package org.camseal.onvif.discovery;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.onvif.wire.OnvifException;

/** Entry point for a fuzzer: takes any datagram, and returns, or fails with something else than the module's own exception. */
public final class DiscoveryFuzz {
    /** More than a datagram of this answer would be worth forging an address for. */
    private static final int LARGEST_ANSWER = 4096;

    private DiscoveryFuzz() {}

    /** A datagram. */
    public static void datagram(byte[] bytes) {
        try {
            Optional<Conversation.Answer> answer =
                    new Conversation(new Random(1), 1).answer(bytes, ConversationTest.CAMERA);
            if (answer.isPresent() && answer.get().datagram().length > LARGEST_ANSWER) {
                throw new AssertionError("an answer of " + answer.get().datagram().length + " bytes");
            }
        } catch (OnvifException.Malformed refused) {
            // what was expected of most
        }
    }

    /** Good searches. */
    public static List<byte[]> searches() {
        return List.of(
                ConversationTest.message(
                        "urn:uuid:1",
                        "<d:Probe>" + ConversationTest.TYPES
                                + "<d:Scopes>onvif://www.onvif.org/name</d:Scopes></d:Probe>"),
                ConversationTest.message(
                        "urn:uuid:2",
                        "<d:Resolve><a:EndpointReference><a:Address>" + ConversationTest.CAMERA.endpoint()
                                + "</a:Address></a:EndpointReference></d:Resolve>"));
    }
}
