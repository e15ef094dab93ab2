package org.camseal.identity.soft;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Noise_NKpsk0_25519_AESGCM_SHA256: the program knows the element's key, the element knows the program by the pairing secret, and
 * keys of the past stay safe if both are lost later.
 *
 * <pre>
 *   &lt;- s
 *   ...
 *   -&gt; psk, e, es
 *   &lt;- e, ee
 * </pre>
 */
final class Handshake {
    static final String NAME = "Noise_NKpsk0_25519_AESGCM_SHA256";
    static final byte[] PROLOGUE = "camseal soft element 1".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of each of the two messages, with an empty payload. */
    static final int MESSAGE_BYTES = X25519.BYTES + NoiseState.TAG;

    private final NoiseState state = new NoiseState(NAME);
    private final X25519 ephemeral;
    private final byte[] pairingSecret;

    Handshake(byte[] prologue, byte[] elementKey, byte[] pairingSecret, X25519 ephemeral) {
        this.ephemeral = ephemeral;
        this.pairingSecret = pairingSecret.clone();
        state.mixHash(prologue);
        state.mixHash(elementKey);
    }

    /** The program's message. */
    byte[] first(byte[] elementKey, byte[] payload) throws GeneralSecurityException {
        state.mixKeyAndHash(pairingSecret);
        byte[] e = mixEphemeral(ephemeral.publicKey());
        state.mixKey(ephemeral.agree(elementKey));
        return concat(e, state.encryptAndHash(payload));
    }

    /** Reads the program's message, in the element; gives its payload. */
    byte[] readFirst(X25519 elementKey, byte[] message) throws GeneralSecurityException {
        state.mixKeyAndHash(pairingSecret);
        peer = mixEphemeral(Arrays.copyOf(message, X25519.BYTES));
        state.mixKey(elementKey.agree(peer));
        return state.decryptAndHash(Arrays.copyOfRange(message, X25519.BYTES, message.length));
    }

    private byte[] peer = new byte[0];

    /** The element's answer. */
    byte[] second(byte[] payload) throws GeneralSecurityException {
        byte[] e = mixEphemeral(ephemeral.publicKey());
        state.mixKey(ephemeral.agree(peer));
        return concat(e, state.encryptAndHash(payload));
    }

    /** Reads the element's answer, in the program; gives its payload. */
    byte[] readSecond(byte[] message) throws GeneralSecurityException {
        byte[] e = mixEphemeral(Arrays.copyOf(message, X25519.BYTES));
        state.mixKey(ephemeral.agree(e));
        return state.decryptAndHash(Arrays.copyOfRange(message, X25519.BYTES, message.length));
    }

    /** The keys of both directions: from the program first. */
    byte[][] split() {
        Arrays.fill(pairingSecret, (byte) 0);
        return state.split();
    }

    /** With a pre-shared key, a public ephemeral is mixed in as key too (section 9.2). */
    private byte[] mixEphemeral(byte[] e) {
        state.mixHash(e);
        state.mixKey(e);
        return e;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
