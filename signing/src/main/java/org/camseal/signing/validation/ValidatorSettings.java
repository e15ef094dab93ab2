package org.camseal.signing.validation;

import java.util.concurrent.Executor;

/**
 * What a validator keeps at most, and what it may believe.
 *
 * @param waitingUnits NAL units that wait for their signature, 64 or more; their hashes are kept, not their bytes
 * @param waitingBytes bytes of NAL units that are kept as long as the hash algorithm is unknown, beyond which SHA-256 is taken, and of those
 *     that are not hashed yet, beyond which the caller hashes
 * @param containerClock true if the units' times are the recorder's, false if they were guessed, as for a bare byte stream
 * @param hashing hashes pictures, best on another thread than the caller's, so that signatures are verified meanwhile; no answer depends on it
 */
public record ValidatorSettings(int waitingUnits, long waitingBytes, boolean containerClock, Executor hashing) {
    /** 65 536 NAL units, 64 MiB, times believed, all on the caller's thread. */
    public static final ValidatorSettings DEFAULT = new ValidatorSettings(65_536, 64L << 20, true, Runnable::run);

    public ValidatorSettings {
        if (waitingUnits < 64 || waitingBytes < 0) {
            throw new IllegalArgumentException(
                    waitingUnits + " units, " + waitingBytes + " bytes; 64 or more, 0 or more expected");
        }
    }

    /** The same for units whose times were guessed. */
    public ValidatorSettings withoutContainerClock() {
        return new ValidatorSettings(waitingUnits, waitingBytes, false, hashing);
    }

    /** The same with pictures hashed there. */
    public ValidatorSettings withHashing(Executor other) {
        return new ValidatorSettings(waitingUnits, waitingBytes, containerClock, other);
    }
}
