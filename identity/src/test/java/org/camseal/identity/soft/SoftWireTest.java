package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sits on the socket between the program and the soft element: what the program is told, word by word. */
class SoftWireTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] MESSAGE = new byte[9];

    @TempDir
    private Path directory;

    private SoftElement process;
    private SoftElement element;
    private ServerSocketChannel server;
    private KeyHandle key;
    private volatile UnaryOperator<byte[]> answers = frame -> frame;
    private volatile UnaryOperator<byte[]> questions = frame -> frame;

    @BeforeEach
    void start() throws Exception {
        SoftElement.prepare(directory.resolve("state"), directory.resolve("pairing"), RANDOM);
        process = SoftElement.launch(
                SoftLaunch.sameJava(directory.resolve("state"), directory.resolve("socket")),
                directory.resolve("pairing"),
                RANDOM);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("wire")));
        Thread.ofVirtual().start(this::serve);
        element = SoftElement.connect(directory.resolve("wire"), directory.resolve("pairing"), RANDOM);
        key = element.generate(Slot.TLS, KeySpec.P256);
        assertSigns();
    }

    @AfterEach
    void end() throws Exception {
        element.close();
        server.close();
        process.close();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel program = server.accept();
                    SocketChannel behind =
                            SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("socket")))) {
                behind.write(read(program, Handshake.MESSAGE_BYTES));
                program.write(read(behind, Handshake.MESSAGE_BYTES));
                while (true) {
                    byte[] asked = frame(program);
                    behind.write(ByteBuffer.wrap(questions.apply(asked)));
                    byte[] answered = frame(behind);
                    byte[] answer = answers.apply(answered);
                    program.write(ByteBuffer.wrap(answer));
                    if (answer.length < 19) {
                        break; // cut off
                    }
                }
            } catch (IOException e) {
                // the next connection, or the end
            }
        }
    }

    private static ByteBuffer read(SocketChannel from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                throw new IOException("ended");
            }
        }
        return buffer.flip();
    }

    private static byte[] frame(SocketChannel from) throws IOException {
        short length = read(from, 2).getShort();
        return ByteBuffer.allocate(2 + Short.toUnsignedInt(length))
                .putShort(length)
                .put(read(from, Short.toUnsignedInt(length)))
                .array();
    }

    private void assertSigns() throws IdentityException {
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, key.sign(MESSAGE)))
                .as("positive control: unaltered it signs")
                .isTrue();
    }

    private void assertRefused(ElementFault fault) {
        assertThatThrownBy(() -> key.sign(MESSAGE, Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    @Test
    void anAlteredAnswerIsTold() throws Exception {
        for (int place : new int[] {2, 20, 60}) {
            answers = frame -> {
                frame[place] ^= 1;
                return frame;
            };
            assertRefused(ElementFault.TAMPERED);
        }
        answers = frame -> frame;
        assertSigns();
    }

    @Test
    void anOldAnswerForANewOneIsTold() throws Exception {
        byte[][] kept = new byte[1][];
        answers = frame -> {
            kept[0] = frame.clone();
            return frame;
        };
        assertSigns();
        answers = frame -> kept[0];
        assertRefused(ElementFault.TAMPERED);
        answers = frame -> frame;
        assertSigns();
    }

    @Test
    void anAnswerCutShortIsTold() throws Exception {
        answers = frame -> java.util.Arrays.copyOf(frame, 10);
        assertRefused(ElementFault.UNAVAILABLE);
        answers = frame -> frame;
        assertSigns();
    }

    @Test
    void anAlteredQuestionEndsTheConnection() throws Exception {
        questions = frame -> {
            frame[frame.length / 2] ^= 1;
            return frame;
        };
        assertRefused(ElementFault.UNAVAILABLE);
        questions = frame -> frame;
        assertSigns();
    }
}
