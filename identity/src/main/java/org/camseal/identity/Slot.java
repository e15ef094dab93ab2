package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A place for one key in a secure element, bound to what that key is for. A slot refuses what plainly belongs to another: a media
 * key never signs a TLS handshake, and a TLS key never signs a statement about video, so that an attacker who can make a camera
 * shake hands cannot make it vouch for a picture.
 */
public enum Slot {
    /** Signs TLS handshakes and this key's own certificate request. */
    TLS,
    /** The camera's media key: signs session certificates and this key's own certificate request. */
    MEDIA,
    /** Agrees on the secrets of grants, so that a person can open video; never signs. Viewer only. */
    RECIPIENT,
    /** An issuing authority's key: signs end certificates. */
    ISSUING,
    /** A root's key: signs issuing authorities. */
    ROOT,
    /** Signs answers about the status of an authority's certificates. */
    STATUS,
    /**
     * Signs TLS handshakes under a certificate that the owner got elsewhere, beside the key that the maker certified, and this key's own
     * certificate requests. May be replaced; {@link #TLS} stays.
     */
    TLS_CUSTOM,
    /**
     * Signs clear video (ONVIF Media Signing) under a certificate that the owner got elsewhere, beside the key that the maker certified, and this
     * key's own certificate requests. Never a statement about sealed video: that is {@link #MEDIA}'s alone.
     */
    MEDIA_CUSTOM;

    /** RFC 8446 section 4.4.3: what a TLS 1.3 signature covers begins with 64 spaces. */
    private static final byte[] TLS_13_START = " ".repeat(64).getBytes(StandardCharsets.US_ASCII);

    /** RFC 9052 section 4.4: Sig_structure of COSE_Sign1, an array of four that begins with the text "Signature1". */
    private static final byte[] COSE_SIGN1_START =
            concat(new byte[] {(byte) 0x84, 0x6a}, "Signature1".getBytes(StandardCharsets.US_ASCII));

    /** True if keys of this slot sign; false if they agree. */
    public boolean signs() {
        return this != RECIPIENT;
    }

    /** True if keys of this slot sign TLS handshakes. */
    public boolean speaksTls() {
        return this == TLS || this == TLS_CUSTOM;
    }

    /** True if keys of this slot sign video while it is made, and a stream waits for them. */
    public boolean signsVideo() {
        return this == MEDIA || this == MEDIA_CUSTOM;
    }

    /** Lower-case name with hyphens, as in file names and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Refuses a message whose form shows that it belongs to another slot. Every element asks this before it signs.
     *
     * @throws IdentityException.Element with {@link ElementFault#REFUSED}
     */
    public void requireOwnUse(byte[] message) throws IdentityException.Element {
        if (!speaksTls() && startsWith(message, TLS_13_START)) {
            throw new IdentityException.Element(
                    "the " + label() + " key was asked to sign a TLS handshake; only tls keys do");
        }
        if (this != MEDIA && startsWith(message, COSE_SIGN1_START)) {
            throw new IdentityException.Element(
                    "the " + label() + " key was asked to sign a COSE statement; only the media key does");
        }
    }

    private static boolean startsWith(byte[] message, byte[] start) {
        return message.length >= start.length && Arrays.equals(message, 0, start.length, start, 0, start.length);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
