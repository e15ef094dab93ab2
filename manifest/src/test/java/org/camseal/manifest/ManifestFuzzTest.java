package org.camseal.manifest;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.camseal.media.Codec;
import org.junit.jupiter.api.Test;

/** The fuzz entry points over damaged manifests, certificates, SEI and films; always the same damage, by seed. */
class ManifestFuzzTest {
    private static void run(Consumer<byte[]> target, int rounds, byte[]... seeds) {
        Random random = new Random(seeds[0].length);
        for (int i = 0; i < rounds; i++) {
            byte[] input = seeds[random.nextInt(seeds.length)].clone();
            for (int edits = random.nextInt(5); edits >= 0; edits--) {
                int at = random.nextInt(input.length);
                input[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (input[at] ^ (1 << random.nextInt(8)));
            }
            target.accept(random.nextInt(4) > 0 ? input : Arrays.copyOf(input, random.nextInt(input.length)));
        }
    }

    @Test
    void manifests() {
        run(ManifestFuzz::manifest, 20_000, Samples.manifest(Samples.SESSION).encoded());
    }

    @Test
    void certificates() throws Exception {
        run(
                ManifestFuzz::certificate,
                1_000,
                Samples.certificate(TestKeys.mediaKey("CS-0001")).encoded(),
                Samples.certificate(TestKeys.mediaKeyP384("CS-0001")).encoded());
    }

    @Test
    void sei() {
        run(
                ManifestFuzz::sei,
                20_000,
                SealedSei.of(SealedSei.Kind.GRANTS, new byte[40])
                        .toNalUnit(Codec.H264)
                        .bytes(),
                SealedSei.of(SealedSei.Kind.PACKAGE, new byte[80])
                        .toNalUnit(Codec.H265)
                        .bytes());
    }

    @Test
    void checker() {
        run(ManifestFuzz::checker, 200, ManifestFuzz.film());
    }
}
