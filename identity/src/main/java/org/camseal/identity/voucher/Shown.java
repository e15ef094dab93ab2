package org.camseal.identity.voucher;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A chain, and how it was shown.
 *
 * @param chain leaf first; at least one certificate. What follows may be in any order
 * @param host the host name or address it was asked for; empty for a file
 * @param proof whether the one who showed it has the key
 */
public record Shown(List<X509Certificate> chain, Optional<String> host, Proof proof) {
    /** Whether the key was shown to be there. */
    public enum Proof {
        /** Nobody showed it: a file, which anyone may copy. */
        NONE,
        /** A whole TLS handshake: who answered has the key. */
        HANDSHAKE,
        /** A handshake that was broken off after the certificates. */
        BROKEN_OFF
    }

    /**
     * @throws IllegalArgumentException if the chain is empty
     */
    public Shown {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one certificate");
        }
    }

    /** Read from a file. */
    public static Shown inFile(List<X509Certificate> chain) {
        return new Shown(chain, Optional.empty(), Proof.NONE);
    }

    /** The certificate that all this is about. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }
}
