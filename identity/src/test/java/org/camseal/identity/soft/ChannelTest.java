package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.HeapDump;
import org.camseal.identity.Slot;
import org.camseal.identity.element.TimedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wire whose two halves the test holds: program - here - element. */
class ChannelTest {
    private static final byte[] SECRET_MESSAGE = "what nobody on the wire reads".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    @TempDir
    private Path directory;

    private Wire wire;
    private Channel program;
    private Channel element;

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }

    /** Two connections; what comes on one is handed on by the test. */
    private record Wire(
            TimedSocket program, TimedSocket hereToProgram, TimedSocket hereToElement, TimedSocket element) {
        static TimedSocket[] pair(Path path) throws Exception {
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
                TimedSocket one = TimedSocket.connect(UnixDomainSocketAddress.of(path));
                return new TimedSocket[] {one, new TimedSocket(server.accept())};
            }
        }

        byte[] frameFromProgram() throws Exception {
            byte[] length = hereToProgram.read(2, soon());
            byte[] rest = hereToProgram.read(
                    Short.toUnsignedInt(ByteBuffer.wrap(length).getShort()), soon());
            return ByteBuffer.allocate(2 + rest.length).put(length).put(rest).array();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        TimedSocket[] first = Wire.pair(directory.resolve("a"));
        TimedSocket[] second = Wire.pair(directory.resolve("b"));
        wire = new Wire(first[0], first[1], second[0], second[1]);
        X25519 key = X25519.generate(RANDOM);
        byte[] secret = new byte[32];
        CompletableFuture<Channel> server = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Channel.toProgram(wire.element(), key, secret, RANDOM, soon());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                THREADS);
        CompletableFuture<Void> relay = CompletableFuture.runAsync(
                () -> {
                    try {
                        wire.hereToElement().write(wire.hereToProgram().read(Handshake.MESSAGE_BYTES, soon()), soon());
                        wire.hereToProgram().write(wire.hereToElement().read(Handshake.MESSAGE_BYTES, soon()), soon());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                THREADS);
        program = Channel.toElement(wire.program(), new Pairing(key.publicKey(), secret), RANDOM, soon());
        element = server.get(10, TimeUnit.SECONDS);
        relay.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() {
        program.close();
        element.close();
        wire.hereToProgram().close();
        wire.hereToElement().close();
    }

    private byte[] sent(byte[] message) throws Exception {
        program.send(message, soon());
        return wire.frameFromProgram();
    }

    @Test
    void theWireShowsNothing() throws Exception {
        byte[] frame = sent(SECRET_MESSAGE);
        assertThat(HeapDump.contains(frame, SECRET_MESSAGE)).isFalse();
        assertThat(frame.length).isEqualTo(2 + 1 + SECRET_MESSAGE.length + NoiseState.TAG);
        wire.hereToElement().write(frame, soon());
        assertThat(element.receive(soon())).isEqualTo(SECRET_MESSAGE);
        // positive control: the same request without the channel
        byte[] request = new Request.Sign(Slot.MEDIA, new byte[32], SECRET_MESSAGE).encode();
        wire.program().write(request, soon());
        assertThat(HeapDump.contains(wire.hereToProgram().read(request.length, soon()), SECRET_MESSAGE))
                .isTrue();
    }

    @Test
    void repeatedIsRefused() throws Exception {
        byte[] frame = sent(SECRET_MESSAGE);
        wire.hereToElement().write(frame, soon());
        assertThat(element.receive(soon())).as("positive control").isEqualTo(SECRET_MESSAGE);
        wire.hereToElement().write(frame, soon());
        assertThatThrownBy(() -> element.receive(soon())).isInstanceOf(Channel.Altered.class);
    }

    @Test
    void leftOutIsFoundOut() throws Exception {
        byte[] first = sent(SECRET_MESSAGE);
        byte[] second = sent(SECRET_MESSAGE);
        assertThat(second).isNotEqualTo(first);
        wire.hereToElement().write(second, soon());
        assertThatThrownBy(() -> element.receive(soon())).isInstanceOf(Channel.Altered.class);
    }

    @Test
    void alteredIsRefused() throws Exception {
        byte[] frame = sent(SECRET_MESSAGE);
        frame[frame.length / 2] ^= 1;
        wire.hereToElement().write(frame, soon());
        assertThatThrownBy(() -> element.receive(soon())).isInstanceOf(Channel.Altered.class);
    }

    @Test
    void cutIsNotTaken() throws Exception {
        byte[] frame = sent(SECRET_MESSAGE);
        wire.hereToElement().write(java.util.Arrays.copyOf(frame, frame.length - 1), soon());
        wire.hereToElement().close();
        assertThatThrownBy(() -> element.receive(soon())).isInstanceOf(EOFException.class);
    }

    @Test
    void longMessagesTravelInPartsAndTooLongOnesNotAtAll() throws Exception {
        byte[] longest = new byte[Channel.MAX_MESSAGE - 17];
        new Random(7).nextBytes(longest);
        CompletableFuture<Void> sender = CompletableFuture.runAsync(
                () -> {
                    try {
                        program.send(longest, soon());
                        program.send(new byte[Channel.MAX_MESSAGE + 1], soon());
                    } catch (java.io.IOException e) {
                        // the other end has stopped listening
                    }
                },
                THREADS);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    wire.hereToElement().write(wire.frameFromProgram(), soon());
                }
            } catch (Exception e) {
                // the end
            }
        });
        assertThat(element.receive(soon())).isEqualTo(longest);
        assertThatThrownBy(() -> element.receive(soon())).isInstanceOf(Channel.Altered.class);
        element.close();
        wire.hereToProgram().close();
        sender.get(10, TimeUnit.SECONDS);
    }

    @Test
    void requestsAreReadOrRefused() {
        Random random = new Random(20_260_102);
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && i % 2 == 0) {
                bytes[0] = (byte) random.nextInt(7);
                bytes[1] = (byte) random.nextInt(6);
            }
            understood += Request.decode(bytes).isPresent() ? 1 : 0;
        }
        assertThat(understood).isBetween(1, 19_999);
    }
}
