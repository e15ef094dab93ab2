package org.camseal.seal;

import java.security.SecureRandom;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;

/**
 * Grants for one recipient, made again and again: for measuring what a recipient costs in each epoch. The grants go nowhere. Confined to
 * one thread.
 */
public final class GrantTrial {
    private final Recipient recipient;
    private final SecureRandom random;
    private final EpochKey key;

    /** Takes an epoch key of its own, which opens nothing. */
    public GrantTrial(Recipient recipient, SecureRandom random) {
        this.recipient = recipient;
        this.random = random;
        EpochId epoch = new EpochId(RunId.random(random), 1);
        this.key = EpochKey.generate(new StreamId("trial", "main"), epoch, random);
    }

    /** Makes a grant, at the price it has in a camera. */
    public Grant make() {
        return Grant.make(key, recipient, random);
    }
}
