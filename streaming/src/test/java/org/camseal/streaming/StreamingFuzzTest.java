package org.camseal.streaming;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good input, flipped, cut and mixed at random from a fixed seed, ends in the module's own exception or in none. */
class StreamingFuzzTest {
    private static final int ROUNDS = 20_000;

    @Test
    void brokenInputEndsInTheModulesOwnException() throws Exception {
        List<byte[]> corpus = StreamingCorpus.all();
        Random random = new Random(20261121);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = mutate(corpus.get(random.nextInt(corpus.size())).clone(), corpus, random);
            assertThatCode(() -> StreamingFuzz.fuzz(input))
                    .as("round %s: %s", i, HexFormat.of().formatHex(input))
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] mutate(byte[] bytes, List<byte[]> corpus, Random random) {
        byte[] input = bytes;
        for (int flips = random.nextInt(6); flips > 0 && input.length > 0; flips--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = (byte) random.nextInt(256);
                case 2 -> input = Arrays.copyOf(input, at);
                default -> {
                    byte[] other = corpus.get(random.nextInt(corpus.size()));
                    int length = Math.min(input.length - at, random.nextInt(other.length + 1));
                    System.arraycopy(other, 0, input, at, length);
                }
            }
        }
        return input;
    }
}
