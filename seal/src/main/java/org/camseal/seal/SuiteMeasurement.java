package org.camseal.seal;

import java.security.SecureRandom;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/** Finds the faster suite on this machine by sealing with both for a moment. */
final class SuiteMeasurement {
    private static final int PAYLOAD_BYTES = 16_384;
    private static final long BUDGET_NANOS = 50_000_000;

    private final byte[] payload = new byte[PAYLOAD_BYTES];
    private final byte[] sealed = new byte[PAYLOAD_BYTES + PackageCipher.TRAILER_BYTES];
    private final Binding binding = new Binding(PackageKind.SLICE, Span.of(new byte[8]));
    private final PackageCipher cipher;

    private SuiteMeasurement(SecureRandom random) {
        StreamId stream = new StreamId("measurement", "main");
        EpochId epoch = new EpochId(RunId.of(new byte[RunId.LENGTH]), 1);
        this.cipher = new PackageCipher(EpochKey.generate(stream, epoch, random), 1, random);
    }

    static Suite choose(SuiteChoice choice, SecureRandom random) throws SealException.SelfTestFailed {
        return switch (choice) {
            case AES_256_GCM -> Suite.AES_256_GCM;
            case CHACHA20_POLY1305 -> Suite.CHACHA20_POLY1305;
            case AUTO -> new SuiteMeasurement(random).faster();
        };
    }

    /** The best time of each counts: the others were slowed by compilation or by other programs. */
    private Suite faster() throws SealException.SelfTestFailed {
        long aes = Long.MAX_VALUE;
        long chacha = Long.MAX_VALUE;
        long end = System.nanoTime() + BUDGET_NANOS;
        do {
            aes = Math.min(aes, once(Suite.AES_256_GCM));
            chacha = Math.min(chacha, once(Suite.CHACHA20_POLY1305));
        } while (System.nanoTime() < end);
        return aes <= chacha ? Suite.AES_256_GCM : Suite.CHACHA20_POLY1305;
    }

    private long once(Suite suite) throws SealException.SelfTestFailed {
        long start = System.nanoTime();
        cipher.seal(suite, binding, Span.of(payload), Span.of(sealed));
        return System.nanoTime() - start;
    }
}
