package org.camseal.bench.cipher;

/** What is measured at each size. */
public enum Contender {
    /** A package with AES-256-GCM inside: suite 1. */
    SEALED_AES("sealed, AES inside", "AES"),
    /** A package with ChaCha20-Poly1305 inside: suite 2. */
    SEALED_CHACHA("sealed, ChaCha20 inside", "ChaCha20"),
    /** AES-256-CTR under one key: encrypts, protects against no change. */
    AES_CTR("plain AES-256-CTR", "AES-CTR"),
    /** AES-256-GCM under one key. */
    AES_GCM("plain AES-256-GCM", "AES-GCM"),
    /** ChaCha20-Poly1305 under one key. */
    CHACHA20_POLY1305("plain ChaCha20-Poly1305", "ChaCha20");

    private final String label;
    private final String cipher;

    Contender(String label, String cipher) {
        this.label = label;
        this.cipher = cipher;
    }

    /** In words, for people. */
    public String label() {
        return label;
    }

    /** The cipher alone, short. */
    String cipher() {
        return cipher;
    }

    /** {@code sealed} or {@code plain}. */
    String manner() {
        return isSealed() ? "sealed" : "plain";
    }

    boolean isSealed() {
        return switch (this) {
            case SEALED_AES, SEALED_CHACHA -> true;
            case AES_CTR, AES_GCM, CHACHA20_POLY1305 -> false;
        };
    }
}
