package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** The handshake against the vector for Noise_NKpsk0_25519_AESGCM_SHA256 of Cacophony, the Noise implementation in Haskell. */
class HandshakeTest {
    private static final byte[] PROLOGUE = "John Galt".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET = "This is my Austrian perspective!".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ELEMENT = hex("31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A key pair by its private number: agreeing with the base point gives the public one. */
    private static X25519 of(String scalar) throws GeneralSecurityException {
        byte[] base = new byte[32];
        base[0] = 9;
        byte[] publicKey = X25519.of(hex(scalar), new byte[32]).agree(base);
        return X25519.of(hex(scalar), publicKey);
    }

    private static Handshake program() throws GeneralSecurityException {
        return new Handshake(
                PROLOGUE, ELEMENT, SECRET, of("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"));
    }

    private static Handshake element(byte[] secret) throws GeneralSecurityException {
        return new Handshake(
                PROLOGUE, ELEMENT, secret, of("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"));
    }

    private static X25519 elementKey() throws GeneralSecurityException {
        return of("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isNoise() throws Exception {
        assertThat(elementKey().publicKey()).isEqualTo(ELEMENT);
        Handshake program = program();
        Handshake element = element(SECRET);
        byte[] first = program.first(ELEMENT, text("Ludwig von Mises"));
        assertThat(first)
                .isEqualTo(hex("ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
                        + "052cffc8d5cdfaed3f9ca0a86c406cf58d24cfc3cec1af5060fd25c4e8a5ac04"));
        assertThat(element.readFirst(elementKey(), first)).isEqualTo(text("Ludwig von Mises"));
        byte[] second = element.second(text("Murray Rothbard"));
        assertThat(second)
                .isEqualTo(hex("95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
                        + "afd57077a1747b71254c19bd798c87ac61a2d4808a30a1372f81b2cb4d85f6"));
        assertThat(program.readSecond(second)).isEqualTo(text("Murray Rothbard"));
        byte[][] keys = program.split();
        assertThat(element.split()).isDeepEqualTo(keys);
        assertThat(NoiseState.aesGcm(Cipher.ENCRYPT_MODE, keys[0], 0, new byte[0], text("F. A. Hayek")))
                .isEqualTo(hex("0ed5fabce6ef0ded315c4f213c51ea1e89be89f86c5dc98e50d15d"));
        assertThat(NoiseState.aesGcm(Cipher.ENCRYPT_MODE, keys[1], 0, new byte[0], text("Carl Menger")))
                .isEqualTo(hex("ba3cbc8800e6eb1b585269dca0f00fdc21f830eb1a497589215f7f"));
    }

    @Test
    void neitherEndTakesAStranger() throws Exception {
        byte[] first = program().first(ELEMENT, new byte[0]);
        assertThat(element(SECRET).readFirst(elementKey(), first))
                .as("positive control")
                .isEmpty();
        byte[] otherSecret = SECRET.clone();
        otherSecret[0] ^= 1;
        assertThatThrownBy(() -> element(otherSecret).readFirst(elementKey(), first))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> element(SECRET).readFirst(X25519.generate(new SecureRandom()), first))
                .isInstanceOf(GeneralSecurityException.class);
        for (int at = 0; at < first.length; at++) {
            byte[] altered = first.clone();
            altered[at] ^= 1;
            assertThatThrownBy(() -> element(SECRET).readFirst(elementKey(), altered))
                    .as("byte " + at)
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void refusesKeysOfSmallOrder() {
        assertThatThrownBy(() -> X25519.generate(new SecureRandom()).agree(new byte[32]))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
