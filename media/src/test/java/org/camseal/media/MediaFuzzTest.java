package org.camseal.media;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzz entry points over random bytes and over damaged beginnings of real streams; always the same ones. */
class MediaFuzzTest {
    private static final int ROUNDS = 2000;

    static Stream<Arguments> entryPoints() {
        return Stream.of(
                Arguments.of("slice headers", (Consumer<byte[]>) MediaFuzz::sliceHeaders),
                Arguments.of("emulation prevention", (Consumer<byte[]>) MediaFuzz::emulationPrevention),
                Arguments.of("SEI", (Consumer<byte[]>) MediaFuzz::sei),
                Arguments.of("framing", (Consumer<byte[]>) MediaFuzz::framing),
                Arguments.of("byte stream", (Consumer<byte[]>) MediaFuzz::byteStream),
                Arguments.of("MP4", (Consumer<byte[]>) MediaFuzz::mp4),
                Arguments.of("unit stream", (Consumer<byte[]>) MediaFuzz::unitStream));
    }

    @ParameterizedTest
    @MethodSource("entryPoints")
    void damagedStreams(String name, Consumer<byte[]> entryPoint) {
        Random random = new Random(20_261_101);
        for (byte[] stream : MediaCorpus.byteStreams()) {
            entryPoint.accept(stream);
            for (int length = 0; length < stream.length; length++) {
                entryPoint.accept(Arrays.copyOf(stream, length));
            }
            for (int i = 0; i < ROUNDS; i++) {
                entryPoint.accept(damaged(stream, random));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entryPoints")
    void randomBytes(String name, Consumer<byte[]> entryPoint) {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            entryPoint.accept(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) Math.max(0, (bytes[j] & 7) - 3);
            }
            entryPoint.accept(bytes);
        }
    }

    private static byte[] damaged(byte[] stream, Random random) {
        byte[] bytes = stream.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int end = Math.min(bytes.length, at + random.nextInt(9));
                    byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
                    bytes = Arrays.copyOf(bytes, at + tail.length);
                    System.arraycopy(tail, 0, bytes, at, tail.length);
                    bytes = bytes.length == 0 ? new byte[1] : bytes;
                }
            }
        }
        return bytes;
    }
}
