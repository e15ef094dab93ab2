package org.camseal.seal;

import java.security.SecureRandom;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/**
 * One payload, sealed and opened again and again under a key of its own: for measuring what a package costs on a machine. The bytes go
 * nowhere. Confined to one thread.
 */
public final class PackageTrial {
    private final Suite suite;
    private final Span payload;
    private final Span sealed;
    private final byte[] scratch;
    private final Binding binding = new Binding(PackageKind.SLICE, Span.of(new byte[8]));
    private final PackageCipher sealing;
    private final PackageCipher opening;

    /** @param payloadBytes at least 1 */
    public PackageTrial(Suite suite, int payloadBytes, SecureRandom random) {
        this.suite = suite;
        byte[] picture = new byte[payloadBytes];
        random.nextBytes(picture);
        this.payload = Span.of(picture);
        this.sealed = Span.of(new byte[payloadBytes + PackageCipher.TRAILER_BYTES]);
        this.scratch = new byte[sealed.length()];
        EpochId epoch = new EpochId(RunId.random(random), 1);
        EpochKey key = EpochKey.generate(new StreamId("trial", "main"), epoch, random);
        this.sealing = new PackageCipher(key, 1, random);
        this.opening = new PackageCipher(key, 1, random);
    }

    /** The suite that a sealer on this machine takes for a choice. */
    public static Suite suite(SuiteChoice choice) {
        return SuiteSelection.of(choice);
    }

    /**
     * Seals the payload as the next package.
     *
     * @throws SealException.SelfTestFailed if the source of randomness repeats itself
     */
    public void seal() throws SealException.SelfTestFailed {
        sealing.seal(suite, binding, payload, sealed);
    }

    /** Opens the package sealed last; true unless something is broken. */
    public boolean open() {
        System.arraycopy(sealed.array(), 0, scratch, 0, scratch.length);
        return opening.open(binding, Span.of(scratch), payload);
    }
}
