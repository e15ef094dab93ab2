package org.camseal.factory;

/** How it went with one camera. */
public sealed interface Outcome {
    /** Which camera. */
    String serial();

    /**
     * It has its identity, and passed its tests.
     *
     * @param before true if an earlier run had done all of it
     */
    record Ready(CameraReport report, boolean before) implements Outcome {
        @Override
        public String serial() {
            return report.serial();
        }
    }

    /**
     * It is not ready. What was done is kept.
     *
     * @param stage how far it came
     */
    record NotReady(String serial, String stage, FailureCause cause, String detail) implements Outcome {}
}
