package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ciphers inside, by known answers and beside another implementation. */
class BulkCipherTest {
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 31, 32, 33, 255, 65_535, 65_536, 65_537, 131_089, 200_000};

    private final SecureRandom random = new DeterministicRandom("bulk cipher");

    /** Test case 14 of the GCM specification (McGrew and Viega): AES-256, key and nonce of zeros, as in a package. */
    @Test
    void aesGcmAnswersItsTestCase() throws Exception {
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, new byte[12]));
        assertThat(Hex.text(gcm.doFinal(new byte[16])))
                .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    /** RFC 8439 section 2.8.2. */
    @Test
    void chacha20Poly1305AnswersTheRfc() throws Exception {
        Cipher chacha = Cipher.getInstance("ChaCha20-Poly1305");
        chacha.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(
                        Hex.bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"), "ChaCha20"),
                new IvParameterSpec(Hex.bytes("070000004041424344454647")));
        chacha.updateAAD(Hex.bytes("50515253c0c1c2c3c4c5c6c7"));
        String plaintext =
                "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                        + "sunscreen would be it.";
        byte[] sealed = chacha.doFinal(plaintext.getBytes(StandardCharsets.US_ASCII));
        assertThat(Hex.text(sealed))
                .startsWith("d31a8d34648e60db7b86afbc53ef7ec2")
                .endsWith("1ae10b594f09e26a7e902ecbd0600691");
    }

    /** As packages use them: associated data as built here, a nonce of zeros, payloads of many lengths. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void bouncyCastleEncryptsTheSame(Suite suite) throws Exception {
        BulkCipher cipher = new BulkCipher(suite);
        AssociatedData associatedData =
                new AssociatedData(new StreamId("CAM-0001", "main"), new EpochId(RunId.of(new byte[8]), 1), 1);
        for (int length : LENGTHS) {
            byte[] payload = new byte[length];
            byte[] key = new byte[32];
            random.nextBytes(payload);
            random.nextBytes(key);
            associatedData.set(suite, new Binding(PackageKind.SLICE, Span.of(payload, 0, length / 2)), length);
            System.arraycopy(key, 0, cipher.key(), 0, 32);
            byte[] ours = new byte[length + 16];
            byte[] folded = new byte[32];
            cipher.encrypt(associatedData, Span.of(payload), Span.of(ours), folded);
            byte[] expected = new byte[32];
            new Fold().into(expected, ours, 0, ours.length);
            assertThat(folded).isEqualTo(expected);
            assertThat(cipher.key()).as("wiped").containsOnly(0);

            AEADCipher peer = switch (suite) {
                case AES_256_GCM -> GCMBlockCipher.newInstance(AESEngine.newInstance());
                case CHACHA20_POLY1305 -> new ChaCha20Poly1305();
            };
            peer.init(true, new AEADParameters(new KeyParameter(key), 128, new byte[12]));
            peer.processAADBytes(associatedData.array(), 0, associatedData.length());
            byte[] theirs = new byte[peer.getOutputSize(length)];
            peer.doFinal(theirs, peer.processBytes(payload, 0, length, theirs, 0));
            assertThat(ours).isEqualTo(theirs);
        }
    }
}
