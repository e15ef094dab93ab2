package org.camseal.fuzz;

/** What Jazzer calls, in a JVM of its own; the property {@value #TARGET} says which target. Jazzer finds the methods by their names. */
public final class FuzzEntry {
    static final String TARGET = "camseal.fuzz.target";

    private static final FuzzTarget NAMED = FuzzTarget.valueOf(System.getProperty(TARGET, FuzzTarget.FRAMING.name()));

    private FuzzEntry() {}

    /** Loads what the target needs before Jazzer begins to count the time of an input. */
    public static void fuzzerInitialize() throws Exception {
        NAMED.accept(NAMED.seeds().getFirst());
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        NAMED.accept(input);
    }
}
