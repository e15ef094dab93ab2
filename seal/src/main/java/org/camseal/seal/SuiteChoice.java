package org.camseal.seal;

/** Which cipher goes inside the packages. All suites keep the same secrets; they differ in speed alone. */
public enum SuiteChoice {
    /** The faster one on this machine: AES where the JVM uses the processor's AES instructions, else ChaCha20. */
    AUTO,
    /** AES-256-GCM: for processors with AES instructions, and for browsers. */
    AES_256_GCM,
    /** ChaCha20-Poly1305: for processors without. */
    CHACHA20_POLY1305
}
