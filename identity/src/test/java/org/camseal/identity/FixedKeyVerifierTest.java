package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick verifier says what the platform's says, of good signatures and of every kind of bad one. */
class FixedKeyVerifierTest {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final KeyPair pair = TestCertificates.ecKeys("secp256r1");
    private final FixedKeyVerifier verifier =
            FixedKeyVerifier.of(pair.getPublic(), SignatureAlgorithm.ES256).orElseThrow();

    private static byte[] signature(KeyPair pair, SignatureAlgorithm algorithm, byte[] message) throws Exception {
        Signature signature = Signature.getInstance(algorithm.jcaName());
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
    }

    private static byte[] der(BigInteger r, BigInteger s) throws Exception {
        return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
                .getEncoded(ASN1Encoding.DER);
    }

    @Test
    void agreesWithThePlatformOnBothCurves() throws Exception {
        SecureRandom random = new SecureRandom();
        for (SignatureAlgorithm algorithm :
                new SignatureAlgorithm[] {SignatureAlgorithm.ES256, SignatureAlgorithm.ES384}) {
            KeyPair signer = TestCertificates.ecKeys(algorithm == SignatureAlgorithm.ES256 ? "secp256r1" : "secp384r1");
            FixedKeyVerifier own =
                    FixedKeyVerifier.of(signer.getPublic(), algorithm).orElseThrow();
            for (int i = 0; i < 50; i++) {
                byte[] message = new byte[i];
                random.nextBytes(message);
                byte[] signature = signature(signer, algorithm, message);
                assertThat(own.verifies(message, signature)).isTrue();
                byte[] other = signature.clone();
                other[10 + i % 20] ^= (byte) (1 << i % 8);
                assertThat(own.verifies(message, other)).isFalse();
                assertThat(own.verifies(Arrays.copyOf(message, i + 1), signature))
                        .isFalse();
            }
        }
    }

    @Test
    void anotherKeysSignatureIsNone() throws Exception {
        KeyPair other = TestCertificates.ecKeys("secp256r1");
        byte[] signature = signature(other, SignatureAlgorithm.ES256, new byte[9]);
        assertThat(verifier.verifies(new byte[9], signature)).isFalse();
        assertThat(SlotHandle.verifies(other.getPublic(), SignatureAlgorithm.ES256, new byte[9], signature))
                .as("positive control")
                .isTrue();
    }

    @Test
    void numbersOutsideTheGroupAndOtherEncodingsAreNone() throws Exception {
        byte[] message = new byte[9];
        byte[] good = signature(pair, SignatureAlgorithm.ES256, message);
        ASN1Sequence both = ASN1Sequence.getInstance(good);
        BigInteger r = ASN1Integer.getInstance(both.getObjectAt(0)).getValue();
        BigInteger s = ASN1Integer.getInstance(both.getObjectAt(1)).getValue();
        assertThat(verifier.verifies(message, der(r, s))).as("positive control").isTrue();
        assertThat(verifier.verifies(message, der(r, ORDER.subtract(s))))
                .as("ECDSA has two for each, and the platform takes both")
                .isEqualTo(SlotHandle.verifies(
                        pair.getPublic(), SignatureAlgorithm.ES256, message, der(r, ORDER.subtract(s))));
        for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, ORDER, s.add(ORDER), s.negate()}) {
            assertThat(verifier.verifies(message, der(r, bad))).as("s %s", bad).isFalse();
            assertThat(verifier.verifies(message, der(bad, s))).as("r %s", bad).isFalse();
        }
        byte[] ber = new BERSequence(both.toArray()).getEncoded(ASN1Encoding.BER);
        assertThat(verifier.verifies(message, ber)).isFalse();
        assertThat(verifier.verifies(message, Arrays.copyOf(good, good.length + 1)))
                .isFalse();
        assertThat(verifier.verifies(message, new byte[0])).isFalse();
        assertThat(verifier.verifies(message, new byte[good.length])).isFalse();
    }

    /** An element that signs with another key than it says, once it has been believed for long enough to be checked by tables. */
    @Test
    void certificatesOfAnElementThatBeginsToSignWronglyAreNotGivenOut(@TempDir Path directory) throws Exception {
        SecureElement element = SoftwareSecureElement.open(directory.resolve("right"), new SecureRandom());
        KeyHandle right = element.generate(Slot.ROOT, KeySpec.P256);
        KeyHandle wrong = SoftwareSecureElement.open(directory.resolve("wrong"), new SecureRandom())
                .generate(Slot.ROOT, KeySpec.P256);
        CertificateWriter writer = new CertificateWriter(new SecureRandom());
        CertificateWriter.Validity year = new CertificateWriter.Validity(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
        for (int i = 0; i < 40; i++) {
            KeyHandle changing = i % 2 == 0 ? right : crossed(right.publicKey(), wrong);
            if (changing == right) {
                X509Certificate made = writer.root(right, "Maker", "Root", year);
                made.verify(right.publicKey());
            } else {
                assertThatThrownBy(() -> writer.root(changing, "Maker", "Root", year))
                        .isInstanceOf(IdentityException.Element.class)
                        .hasCauseInstanceOf(SignatureException.class);
            }
        }
    }

    private static KeyHandle crossed(PublicKey said, KeyHandle signs) {
        return new SlotHandle(
                Slot.ROOT,
                said,
                signs.algorithm(),
                (byte[] message, Duration patience) -> signs.sign(message, patience));
    }
}
