package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;

class HpkeTest {
    private static final byte[] INFO = "camera and epoch".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "an epoch key of thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AAD = {1, 2, 3};

    private final Hpke hpke = new Hpke(Hpke.Aead.AES_256_GCM);
    private final SecureRandom random = new SecureRandom();

    /** RFC 9180 appendix A.3.1, sequence number 0. */
    @Test
    void answersTheBaseModeVectorOfTheRfc() throws Exception {
        KeyPair ephemeral = pair(
                "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
                "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
                        + "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4");
        KeyPair recipient = pair(
                "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
                "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
                        + "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0");
        byte[] info = Hex.bytes("4f6465206f6e2061204772656369616e2055726e");
        byte[] aad = Hex.bytes("436f756e742d30");
        byte[] message = Hex.bytes("4265617574792069732074727574682c20747275746820626561757479");
        Hpke rfc = new Hpke(Hpke.Aead.AES_128_GCM);

        byte[] ciphertext = rfc.sender((ECPublicKey) recipient.getPublic(), Hpke.Party.of(ephemeral), info)
                .seal(aad, message);

        assertThat(Hex.text(ciphertext))
                .isEqualTo(
                        "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434");
        Optional<Hpke.Context> context =
                rfc.recipient(Hpke.Party.of(recipient), P256.encode((ECPublicKey) ephemeral.getPublic()), info);
        assertThat(context.orElseThrow().open(aad, ciphertext)).hasValue(message);
    }

    @Test
    void bouncyCastleOpensWhatIsSealedHere() throws Exception {
        HPKE peer = peer();
        AsymmetricCipherKeyPair theirs = peer.generatePrivateKey();
        ECPublicKey recipient =
                P256.decode(peer.serializePublicKey(theirs.getPublic())).orElseThrow();
        KeyPair ephemeral = P256.generate(random);

        byte[] ciphertext =
                hpke.sender(recipient, Hpke.Party.of(ephemeral), INFO).seal(AAD, MESSAGE);

        byte[] enc = P256.encode((ECPublicKey) ephemeral.getPublic());
        assertThat(peer.open(enc, theirs, INFO, AAD, ciphertext, null, null, null))
                .isEqualTo(MESSAGE);
    }

    @Test
    void opensWhatBouncyCastleSealed() throws Exception {
        HPKE peer = peer();
        KeyPair ours = P256.generate(random);
        byte[][] sealed = peer.seal(
                peer.deserializePublicKey(P256.encode((ECPublicKey) ours.getPublic())),
                INFO,
                AAD,
                MESSAGE,
                null,
                null,
                null);

        byte[] ciphertext = sealed[0];
        byte[] enc = sealed[1];
        assertThat(hpke.recipient(Hpke.Party.of(ours), enc, INFO).orElseThrow().open(AAD, ciphertext))
                .hasValue(MESSAGE);
        assertThat(hpke.recipient(Hpke.Party.of(ours), enc, AAD).orElseThrow().open(AAD, ciphertext))
                .as("other info")
                .isEmpty();
    }

    @Test
    void refusesPointsThatAreNotOnTheCurve() throws Exception {
        KeyPair ours = P256.generate(random);
        byte[] good = P256.encode((ECPublicKey) P256.generate(random).getPublic());
        assertThat(hpke.recipient(Hpke.Party.of(ours), good, INFO)).isPresent();

        byte[] offCurve = good.clone();
        offCurve[64] ^= 1;
        byte[] compressed = Arrays.copyOf(good, 33);
        compressed[0] = 2;
        byte[] infinity = new byte[65];
        byte[] zero = new byte[65];
        zero[0] = 4;
        byte[] beyondP = good.clone();
        Arrays.fill(beyondP, 1, 33, (byte) 0xff);
        for (byte[] bad :
                new byte[][] {offCurve, compressed, infinity, zero, beyondP, new byte[0], Arrays.copyOf(good, 66)}) {
            assertThat(hpke.recipient(Hpke.Party.of(ours), bad, INFO)).isEmpty();
        }
    }

    @Test
    void refusesEveryFlippedBitAndEveryLength() throws Exception {
        KeyPair ours = P256.generate(random);
        KeyPair ephemeral = P256.generate(random);
        byte[] enc = P256.encode((ECPublicKey) ephemeral.getPublic());
        byte[] ciphertext = hpke.sender((ECPublicKey) ours.getPublic(), Hpke.Party.of(ephemeral), INFO)
                .seal(AAD, MESSAGE);
        for (int bit = 0; bit < 8 * ciphertext.length; bit++) {
            byte[] bad = ciphertext.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(hpke.recipient(Hpke.Party.of(ours), enc, INFO)
                            .orElseThrow()
                            .open(AAD, bad))
                    .isEmpty();
        }
        for (int length = 0; length < ciphertext.length; length++) {
            byte[] bad = Arrays.copyOf(ciphertext, length);
            assertThat(hpke.recipient(Hpke.Party.of(ours), enc, INFO)
                            .orElseThrow()
                            .open(AAD, bad))
                    .isEmpty();
        }
        assertThat(hpke.recipient(Hpke.Party.of(ours), enc, INFO).orElseThrow().open(AAD, ciphertext))
                .isPresent();
    }

    private static HPKE peer() {
        return new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static KeyPair pair(String secret, String point) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECPrivateKeySpec spec =
                new ECPrivateKeySpec(new BigInteger(secret, 16), parameters.getParameterSpec(ECParameterSpec.class));
        ECPrivateKey privateKey = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
        return new KeyPair(P256.decode(Hex.bytes(point)).orElseThrow(), privateKey);
    }
}
