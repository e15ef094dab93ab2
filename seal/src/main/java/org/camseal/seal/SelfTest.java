package org.camseal.seal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/** What a sealer makes sure of before it seals: that the ciphers give known answers, and that the randomness is not plainly broken. */
final class SelfTest {
    private static final StreamId STREAM = new StreamId("self-test", "main");
    private static final EpochId EPOCH = new EpochId(RunId.of(new byte[RunId.LENGTH]), 1);
    private static final int DRAWS = 8;

    private SelfTest() {}

    static void run(SecureRandom random) throws SealException.SelfTestFailed {
        checkAnswer(Suite.AES_256_GCM, "d3cec67c8c58bbbc98ad10c26dbded7d92b214d8d75895c795a3065957a57c59");
        checkAnswer(Suite.CHACHA20_POLY1305, "4031526424978deea16b63fe8c288092a42b2f0e338ef4d2f2666394de43e7a9");
        checkRandom(random);
    }

    /**
     * One package of each suite, under an epoch key and a package key of counting bytes.
     *
     * @param expected SHA-256 over the package
     */
    private static void checkAnswer(Suite suite, String expected) throws SealException.SelfTestFailed {
        byte[] payload = counting(100);
        byte[] clear = {0x65, (byte) 0x88};
        byte[] sealed = new byte[payload.length + PackageCipher.TRAILER_BYTES];
        byte[] opened = new byte[payload.length];
        Binding binding = new Binding(PackageKind.SLICE, Span.of(clear));
        EpochKey key = EpochKey.of(STREAM, EPOCH, counting(EpochKey.BYTES));
        new PackageCipher(key, 1, new CountingRandom()).seal(suite, binding, Span.of(payload), Span.of(sealed));
        String digest = HexFormat.of().formatHex(Digests.sha256().digest(sealed));
        boolean opens = new PackageCipher(key, 1, new CountingRandom()).open(binding, Span.of(sealed), Span.of(opened));
        if (!digest.equals(expected) || !opens || !Arrays.equals(opened, payload)) {
            throw new SealException.SelfTestFailed(
                    suite + " does not give the known answer on this machine; nothing is sealed");
        }
    }

    /** A dead source repeats itself; chance alone never does, in this much. */
    private static void checkRandom(SecureRandom random) throws SealException.SelfTestFailed {
        byte[] all = new byte[DRAWS * PackageCipher.KEY_BYTES];
        int[] seen = new int[256];
        for (int i = 0; i < DRAWS; i++) {
            byte[] draw = new byte[PackageCipher.KEY_BYTES];
            random.nextBytes(draw);
            for (int j = 0; j < i; j++) {
                if (Arrays.mismatch(all, j * draw.length, (j + 1) * draw.length, draw, 0, draw.length) == -1) {
                    throw new SealException.SelfTestFailed(
                            "the source of randomness repeats itself; nothing is sealed");
                }
            }
            System.arraycopy(draw, 0, all, i * draw.length, draw.length);
        }
        for (byte b : all) {
            seen[b & 0xff]++;
        }
        // 256 bytes of which one value makes up an eighth: chance 2^-100.
        if (Arrays.stream(seen).max().orElseThrow() > all.length / 8) {
            throw new SealException.SelfTestFailed("the source of randomness is not random; nothing is sealed");
        }
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    /** Gives counting bytes each time; for known answers alone. */
    @SuppressWarnings("serial") // SecureRandom is serializable; this one lives for one call
    private static final class CountingRandom extends SecureRandom {
        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(counting(bytes.length), 0, bytes, 0, bytes.length);
        }
    }
}
