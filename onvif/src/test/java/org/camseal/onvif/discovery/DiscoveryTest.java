package org.camseal.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the loopback interface, with a port of its own in place of 3702. */
@Timeout(120)
class DiscoveryTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int ASK_AGAIN_MILLIS = 500;

    private static NetworkInterface loopback() throws Exception {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    }

    private static Discovery discovery(int port) throws Exception {
        Discovery.Place place = new Discovery.Place(
                loopback(), new InetSocketAddress(Discovery.GROUP.getAddress(), port), Duration.ZERO);
        return Discovery.start(
                place,
                () -> ConversationTest.CAMERA,
                new Discovery.Surroundings(InstantSource.system(), System::nanoTime, new Random()));
    }

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Asks until there is an answer: a datagram may be lost on a busy machine. */
    private static String search(MulticastSocket searcher, InetSocketAddress to, String id) throws Exception {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        searcher.setSoTimeout(ASK_AGAIN_MILLIS);
        for (int i = 0; System.nanoTime() - end < 0; i++) {
            byte[] probe = ConversationTest.message(id + "-" + i, "<d:Probe>" + ConversationTest.TYPES + "</d:Probe>");
            searcher.send(new DatagramPacket(probe, probe.length, to));
            try {
                return receive(searcher);
            } catch (java.net.SocketTimeoutException e) {
                // once more
            }
        }
        throw new AssertionError("no answer within " + PATIENCE_MILLIS + " ms");
    }

    @Test
    void whoSearchesOnThisMachineFindsIt() throws Exception {
        try (MulticastSocket listener = new MulticastSocket(0)) {
            int port = listener.getLocalPort();
            InetSocketAddress group = new InetSocketAddress(Discovery.GROUP.getAddress(), port);
            listener.setReuseAddress(true);
            listener.setSoTimeout(PATIENCE_MILLIS);
            listener.joinGroup(group, loopback());
            try (Discovery discovery = discovery(port);
                    MulticastSocket searcher =
                            new MulticastSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
                assertThat(discovery).isNotNull();
                assertThat(receive(listener)).contains("/discovery/Hello<");
                searcher.setNetworkInterface(loopback());
                byte[] noise = "M-SEARCH * HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);
                searcher.send(new DatagramPacket(noise, noise.length, group));
                byte[] large = new byte[20_000];
                searcher.send(new DatagramPacket(large, large.length, group));
                assertThat(search(searcher, group, "urn:uuid:a"))
                        .contains("ProbeMatches", "<wsa4:RelatesTo>urn:uuid:a-", ConversationTest.CAMERA.endpoint());
            }
            String last = receive(listener);
            while (!last.contains("/discovery/Bye<")) {
                last = receive(listener);
            }
            assertThat(last).contains(ConversationTest.CAMERA.endpoint());
        }
    }
}
