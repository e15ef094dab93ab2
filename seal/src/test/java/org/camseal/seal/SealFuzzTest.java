package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.junit.jupiter.api.Test;

/** The fuzz entry points over damaged vectors; always the same damage, by seed. */
class SealFuzzTest {
    private static void run(Consumer<byte[]> target, int rounds, List<byte[]> seeds) {
        assertThat(seeds).isNotEmpty().allSatisfy(target::accept);
        Random random = new Random(seeds.size());
        for (int i = 0; i < rounds; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(input.length);
                input[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (input[at] ^ (1 << random.nextInt(8)));
            }
            target.accept(random.nextInt(4) > 0 ? input : Arrays.copyOf(input, random.nextInt(input.length)));
        }
    }

    @Test
    void packages() {
        run(SealFuzz::packages, 5_000, SealFuzz.vectors("package-"));
    }

    @Test
    void grants() {
        run(SealFuzz::grants, 5_000, SealFuzz.vectors("grants-"));
    }

    @Test
    void streams() {
        run(SealFuzz::stream, 100, SealFuzz.vectors("stream-"));
    }

    /** Positive control: bytes that the keys do open, though no vector has them, are a finding. */
    @Test
    void anotherPackageThatOpensIsAFinding() throws Exception {
        VectorFile vector = VectorFile.read(VectorFile.directory().resolve("seal/package-aes-slice.txt"));
        byte[] other = sealedLike(vector);
        assertThatThrownBy(() -> SealFuzz.packages(other)).isInstanceOf(AssertionError.class);
    }

    /** Another payload, sealed under the keys and binding of a vector. */
    private static byte[] sealedLike(VectorFile vector) throws SealException {
        EpochKey key = EpochKey.of(
                new StreamId(vector.get("camera"), vector.get("stream")),
                new EpochId(RunId.of(vector.bytes("run")), Long.parseLong(vector.get("epoch"))),
                vector.bytes("epoch key"));
        byte[] sealed = new byte[10 + PackageCipher.TRAILER_BYTES];
        new PackageCipher(key, 1, new DeterministicRandom("other"))
                .seal(
                        Suite.AES_256_GCM,
                        new Binding(PackageKind.SLICE, Span.of(vector.bytes("clear"))),
                        Span.of(new byte[10]),
                        Span.of(sealed));
        return sealed;
    }
}
