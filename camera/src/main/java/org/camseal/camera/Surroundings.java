package org.camseal.camera;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.camseal.seal.KernelRandom;

/**
 * What a camera needs of the machine it runs on.
 *
 * @param clock for capture times and waiting
 * @param random for keys
 * @param events told of everything that happens, from the camera's and the server's threads; must return soon
 */
public record Surroundings(LiveClock clock, SecureRandom random, Consumer<CameraEvent> events) {
    /** The machine's own clock and randomness; of the latter each camera gets its own, so that none waits for another. */
    public static Surroundings ofThisMachine(Consumer<CameraEvent> events) {
        return new Surroundings(LiveClock.system(), KernelRandom.open(), events);
    }
}
