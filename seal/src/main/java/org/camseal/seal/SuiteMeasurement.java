package org.camseal.seal;

import java.security.SecureRandom;
import org.camseal.manifest.Suite;

/** Finds the faster suite on this machine by sealing with both for a moment. */
final class SuiteMeasurement {
    private static final int PAYLOAD_BYTES = 16_384;
    private static final long BUDGET_NANOS = 50_000_000;

    private SuiteMeasurement() {}

    static Suite choose(SuiteChoice choice, SecureRandom random) throws SealException.SelfTestFailed {
        return switch (choice) {
            case AES_256_GCM -> Suite.AES_256_GCM;
            case CHACHA20_POLY1305 -> Suite.CHACHA20_POLY1305;
            case AUTO -> faster(random);
        };
    }

    /** The best time of each counts: the others were slowed by compilation or by other programs. */
    private static Suite faster(SecureRandom random) throws SealException.SelfTestFailed {
        PackageTrial aesTrial = new PackageTrial(Suite.AES_256_GCM, PAYLOAD_BYTES, random);
        PackageTrial chachaTrial = new PackageTrial(Suite.CHACHA20_POLY1305, PAYLOAD_BYTES, random);
        long aes = Long.MAX_VALUE;
        long chacha = Long.MAX_VALUE;
        long end = System.nanoTime() + BUDGET_NANOS;
        do {
            aes = Math.min(aes, once(aesTrial));
            chacha = Math.min(chacha, once(chachaTrial));
        } while (System.nanoTime() < end);
        return aes <= chacha ? Suite.AES_256_GCM : Suite.CHACHA20_POLY1305;
    }

    private static long once(PackageTrial trial) throws SealException.SelfTestFailed {
        long start = System.nanoTime();
        trial.seal();
        return System.nanoTime() - start;
    }
}
