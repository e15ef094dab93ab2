package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final int LANE = 32;

    private final Random random = new Random(7);

    /** The definition, byte by byte (sealed-video.md, sealing). */
    private static byte[] byDefinition(byte[] key, byte[] array, int offset, int length) {
        byte[] folded = key.clone();
        for (int i = 0; i < length; i++) {
            folded[i % LANE] ^= array[offset + i];
        }
        return folded;
    }

    @Test
    void foldsAsTheDefinitionSaysWhateverTheLength() {
        Fold fold = new Fold();
        byte[] array = new byte[20_000];
        random.nextBytes(array);
        for (int length = 0; length < 9_000; length += length < 200 ? 1 : 61) {
            for (int offset : new int[] {0, 1, 5, 8, 31, 33}) {
                byte[] key = new byte[LANE];
                random.nextBytes(key);
                byte[] expected = byDefinition(key, array, offset, length);
                fold.into(key, array, offset, length);
                assertThat(key).as("length %d, offset %d", length, offset).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsUpToTheLastByteOfTheArrayAndNoFurther() {
        Fold fold = new Fold();
        for (int length : new int[] {31, 32, 4_095, 4_096, 4_097, 8_192, 16_400}) {
            byte[] array = new byte[length];
            random.nextBytes(array);
            byte[] key = new byte[LANE];
            fold.into(key, array, 0, length);
            assertThat(key).isEqualTo(byDefinition(new byte[LANE], array, 0, length));
        }
    }

    @Test
    void everyByteCounts() {
        Fold fold = new Fold();
        byte[] array = new byte[4_096 + 77];
        for (int i = 0; i < array.length; i++) {
            array[i] = 1;
            byte[] key = new byte[LANE];
            fold.into(key, array, 0, array.length);
            assertThat(key[i % LANE]).as("byte %d", i).isEqualTo((byte) 1);
            array[i] = 0;
        }
    }
}
