package org.camseal.bench.cipher;

/** What is measured at each size. */
public enum Contender {
    /** A package with AES-256-GCM inside: suite 1. */
    SEALED_AES("sealed, AES inside", "sealed AES"),
    /** A package with ChaCha20-Poly1305 inside: suite 2. */
    SEALED_CHACHA("sealed, ChaCha20 inside", "sealed ChaCha"),
    /** AES-256-CTR under one key: encrypts, protects against no change. */
    AES_CTR("plain AES-256-CTR", "AES-256-CTR"),
    /** AES-256-GCM under one key. */
    AES_GCM("plain AES-256-GCM", "AES-256-GCM"),
    /** ChaCha20-Poly1305 under one key. */
    CHACHA20_POLY1305("plain ChaCha20-Poly1305", "ChaCha20-P.");

    private final String label;
    private final String heading;

    Contender(String label, String heading) {
        this.label = label;
        this.heading = heading;
    }

    /** In words, for people. */
    public String label() {
        return label;
    }

    /** The same short, over a column. */
    String heading() {
        return heading;
    }
}
