package org.camseal.factory;

/**
 * How far a camera is. Each stage stands for something that is kept durably, so that a station that was killed finds the last one again:
 *
 * <pre>
 *   KeysMade    both keys are in the camera's element
 *   Requested   the requests are in the queue, signed by the line's key
 *   Enrolled    both chains are kept beside the camera's identity
 *   Installed   the identity has both chains, and trusts the device root
 *   Tested      the report is written
 * </pre>
 */
sealed interface Stage {
    /** The name, for whoever watches. */
    default String label() {
        return switch (this) {
            case Bare s -> "new";
            case KeysMade s -> "keys made";
            case Requested s -> "requested";
            case Enrolled s -> "enrolled";
            case Installed s -> "installed";
            case Tested s -> "tested";
        };
    }

    /** Nothing is there yet, or not both keys. */
    record Bare() implements Stage {}

    record KeysMade() implements Stage {}

    /**
     * @param request as it was kept
     */
    record Requested(CameraRequest request) implements Stage {}

    /**
     * @param chains both were judged by {@link IssuedChain}
     */
    record Enrolled(CameraChains chains) implements Stage {}

    record Installed() implements Stage {}

    /**
     * @param report as it was written
     */
    record Tested(CameraReport report) implements Stage {}
}
