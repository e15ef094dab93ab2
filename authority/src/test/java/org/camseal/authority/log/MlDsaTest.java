package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;

/** ML-DSA-65 as checkpoints use it, against published answers and against the Java platform's own, which shares no code with ours. */
class MlDsaTest {
    private static final ASN1ObjectIdentifier ML_DSA_65 = new ASN1ObjectIdentifier("2.16.840.1.101.3.4.3.18");

    private static NoteSigner signer(byte[] seed) {
        byte[] typed = NoteAlgorithm.ML_DSA_65.withType(seed);
        byte[] publicKey = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed).getPublicKey();
        int id = NoteKey.id("test", NoteAlgorithm.ML_DSA_65.withType(publicKey));
        String text = "PRIVATE+KEY+test+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
        return NoteSigner.parse(text, LogWorld.RANDOM);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] repeated(int value) {
        byte[] seed = new byte[32];
        java.util.Arrays.fill(seed, (byte) value);
        return seed;
    }

    /** RFC 9881 appendix C.1: the seed 00, 01 ... 1f; the hash of the public key that stands there. */
    @Test
    void theKeyOfTheRfcComesFromItsSeed() throws GeneralSecurityException {
        byte[] seed = new byte[32];
        for (int i = 0; i < 32; i++) {
            seed[i] = (byte) i;
        }
        assertThat(sha256(signer(seed).key().publicKey()))
                .isEqualTo("d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9");
    }

    /** Project Wycheproof, mldsa_65_sign_seed, case 1: seed, message, and the hash of the deterministic signature. */
    @Test
    void aPublishedSignatureIsAcceptedAndOneWithAContextIsNot() throws CryptoException, GeneralSecurityException {
        byte[] message = "Hello world".getBytes(StandardCharsets.US_ASCII);
        NoteKey key = signer(repeated(0x2a)).key();
        byte[] published = deterministic(repeated(0x2a), new byte[0], message);
        assertThat(sha256(published)).isEqualTo("39fbbb0d97a52c79844213b325af823a7f16a174e00a5b3daeb3e6e6d1c89681");
        assertThat(key.verifies(message, published)).isTrue();
        byte[] withContext = deterministic(repeated(0x2a), "Context".getBytes(StandardCharsets.US_ASCII), message);
        assertThat(sha256(withContext)).isEqualTo("c32dd9c1fdb53c049ebb75d98604d27593e32f5da2b1201c9289692de6ebea2e");
        assertThat(key.verifies(message, withContext)).isFalse();
        published[100] ^= 1;
        assertThat(key.verifies(message, published)).isFalse();
    }

    @Test
    void thePlatformsOwnAcceptsWhatIsSignedHere() throws GeneralSecurityException {
        byte[] message = "a tree".getBytes(StandardCharsets.US_ASCII);
        NoteSigner signer = signer(repeated(7));
        SubjectPublicKeyInfo info = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(ML_DSA_65), signer.key().publicKey());
        Signature platform = Signature.getInstance("ML-DSA", "SUN");
        try {
            platform.initVerify(
                    KeyFactory.getInstance("ML-DSA", "SUN").generatePublic(new X509EncodedKeySpec(info.getEncoded())));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        platform.update(message);
        assertThat(platform.verify(signer.sign(message))).isTrue();
        platform.update("another tree".getBytes(StandardCharsets.US_ASCII));
        assertThat(platform.verify(signer.sign(message))).isFalse();
    }

    private static byte[] deterministic(byte[] seed, byte[] context, byte[] message) throws CryptoException {
        MLDSASigner signer = new MLDSASigner();
        signer.init(
                true,
                new org.bouncycastle.crypto.params.ParametersWithContext(
                        new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed), context));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }
}
