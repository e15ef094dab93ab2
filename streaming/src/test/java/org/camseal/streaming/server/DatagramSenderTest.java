package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way datagrams leave, the same ones arrive, in order, from the port that the reader was told. */
@Timeout(60)
class DatagramSenderTest {
    private static final byte[] HEADER = {1, 2, 3, 4};

    /** Sizes of the payloads of one reader's packets, one after another: runs of equal ones, shorter and longer ones in between. */
    private static final int[] SIZES = {1, 1200, 1200, 1200, 7, 7, 1200, 0, 900, 900, 901, 1200, 1200};

    private static InetAddress address(String name) throws IOException {
        InetAddress address = InetAddress.getByName(name);
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
            return probe.getLocalAddress();
        } catch (SocketException e) {
            Assumptions.abort("this machine has no " + name);
            return address;
        }
    }

    private static byte[] payload(int number, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** Sends them to a reader at that address; what came, and from which port. */
    private static void assertAllArrive(DatagramSender sender, InetAddress reader) throws IOException {
        List<String> sent = new ArrayList<>();
        List<String> received = new ArrayList<>();
        try (sender;
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(reader, 0))) {
            socket.setSoTimeout(30_000);
            InetSocketAddress to = new InetSocketAddress(reader, socket.getLocalPort());
            PacketRun run = new PacketRun(sender);
            for (int i = 0; i < SIZES.length; i++) {
                byte[] payload = payload(i, SIZES[i]);
                run.add(HEADER, payload, payload.length, to);
                sent.add("01020304" + HexFormat.of().formatHex(payload));
            }
            run.send(to);
            run.send(to); // nothing waits
            for (int i = 0; i < SIZES.length; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                socket.receive(packet);
                received.add(HexFormat.of().formatHex(packet.getData(), 0, packet.getLength()));
                assertThat(packet.getPort()).isEqualTo(sender.port());
            }
        }
        assertThat(received).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void oneByOne(String name) throws Exception {
        InetAddress address = address(name);
        assertAllArrive(DatagramSender.OneByOne.open(address), address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void inRunsThatTheSystemDivides(String name) throws Exception {
        InetAddress address = address(name);
        assertAllArrive(segmented(address), address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void fromAllAddressesByBothFamilies(String name) throws Exception {
        InetAddress address = address(name);
        assertAllArrive(segmented(InetAddress.getByName("0.0.0.0")), address);
    }

    private static SegmentedSender segmented(InetAddress address) throws IOException {
        Assumptions.assumeTrue(LinuxSockets.areUsable(), "no Linux, or no native access");
        return Objects.requireNonNull(SegmentedSender.open(address));
    }

    /** More than 64 packets, and more than a datagram can hold: runs are cut in between. */
    @Test
    void longRunsAreCut() throws Exception {
        InetAddress address = InetAddress.getLoopbackAddress();
        try (DatagramSender sender = DatagramSender.open(address);
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            socket.setSoTimeout(30_000);
            InetSocketAddress to = new InetSocketAddress(address, socket.getLocalPort());
            PacketRun run = new PacketRun(sender);
            int[] sizes = {100, 1400};
            int number = 0;
            for (int size : sizes) {
                for (int i = 0; i < 70; i++) {
                    byte[] payload = payload(number++, size);
                    run.add(HEADER, payload, size, to);
                    if (i % 10 == 9) { // no more than the reader's buffer holds
                        run.send(to);
                        assertNext(socket, number - 10, 10);
                    }
                }
            }
        }
    }

    private static void assertNext(DatagramSocket socket, int first, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            socket.receive(packet);
            assertThat(packet.getData()[HEADER.length]).isEqualTo((byte) (first + i));
        }
    }

    /** A run whose packets no way takes whole: what can be sent goes one by one, and from then on all do. */
    @Test
    void whatIsNotDividedGoesOneByOne() throws Exception {
        InetAddress address = InetAddress.getLoopbackAddress();
        try (SegmentedSender sender = segmented(address);
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            socket.setSoTimeout(30_000);
            InetSocketAddress to = new InetSocketAddress(address, socket.getLocalPort());
            PacketRun run = new PacketRun(sender);
            byte[] large = payload(9, 64_000); // alone in its run
            run.add(HEADER, large, large.length, to);
            run.send(to);
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            assertThat(packet.getLength()).isEqualTo(HEADER.length + large.length);
            assertThatThrownBy(() -> run.add(HEADER, new byte[65_000], 65_000, to))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("65004 bytes; UDP takes 65000");
        }
    }

    @Test
    void aSocketThatCannotSendSaysSo() throws Exception {
        SegmentedSender sender = segmented(InetAddress.getLoopbackAddress());
        PacketRun run = new PacketRun(sender);
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0); // no port
        run.add(HEADER, HEADER, 4, nowhere);
        assertThatThrownBy(() -> run.send(nowhere))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("sends nothing to");
        sender.close();
        sender.close();
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        run.add(HEADER, HEADER, 4, here);
        assertThatThrownBy(() -> run.send(here)).hasMessageContaining("closed");
    }
}
