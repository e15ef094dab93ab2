package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.camseal.identity.TestCertificates.Form;
import org.camseal.identity.TestCertificates.Holder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists of any length, and bytes that are none. */
@Timeout(120)
class RevocationsTest {
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06Z");
    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    @TempDir
    private static Path directory;

    private static Holder issuing;
    private static X509Certificate revoked;
    private static X509Certificate good;

    @BeforeAll
    static void certificates() throws Exception {
        issuing = Form.authority("Issuing", 0)
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .issuedBy(Form.authority("Root", 1).selfSigned());
        revoked = Form.device().issuedBy(issuing).certificate();
        good = Form.device().issuedBy(issuing).certificate();
    }

    private static byte[] entry(BigInteger number) throws IOException {
        ExtensionsGenerator words = new ExtensionsGenerator();
        words.addExtension(Extension.reasonCode, false, CRLReason.lookup(CRLReason.superseded));
        return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                    new ASN1Integer(number), new ASN1GeneralizedTime(Date.from(AT)), words.generate()
                })
                .getEncoded();
    }

    private static byte[] sequence(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 8);
        out.writeBytes(new byte[] {
            0x30, (byte) 0x84, (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A list of so many others, and at its end the one that is looked for. */
    private static byte[] list(int others) throws Exception {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        byte[] other = entry(BigInteger.ONE.shiftLeft(126));
        for (int i = 0; i < others; i++) {
            entries.writeBytes(other);
        }
        entries.writeBytes(entry(revoked.getSerialNumber()));
        byte[] tbs = sequence(
                new ASN1Integer(1).getEncoded(),
                ALGORITHM.getEncoded(),
                issuing.certificate().getSubjectX500Principal().getEncoded(),
                new ASN1GeneralizedTime(Date.from(AT)).getEncoded(),
                sequence(entries.toByteArray()));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuing.keys().getPrivate());
        signature.update(tbs);
        return sequence(tbs, ALGORITHM.getEncoded(), new DERBitString(signature.sign()).getEncoded());
    }

    private static Revocations read(byte[] bytes) throws Exception {
        return Revocations.read(List.of(Files.write(directory.resolve("list.crl"), bytes)));
    }

    @Test
    void aListLongerThanWasEverReadAtOnceIsSearchedToItsEnd() throws Exception {
        byte[] der = list(300_000);
        assertThat(der).as("the limit was 8 MiB once").hasSizeGreaterThan(12 << 20);
        Revocations lists = read(der);
        assertThat(lists.cover(issuing.certificate())).isTrue();
        assertThat(lists.find(revoked, issuing.certificate())).contains(new Revocations.Revoked(AT, "superseded"));
        assertThat(lists.find(good, issuing.certificate())).isEmpty();
        byte[] forged = der.clone();
        forged[der.length / 2] ^= 1;
        assertThatThrownBy(() ->
                        assertThat(read(forged).cover(issuing.certificate())).isTrue())
                .as("either its form is broken or its signature")
                .isInstanceOfAny(IdentityException.Malformed.class, AssertionError.class);
    }

    @Test
    void inPemItIsTheSameList() throws Exception {
        String pem = "Certificate Revocation List (CRL):\n-----BEGIN X509 CRL-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list(3))
                + "\n-----END X509 CRL-----\n";
        assertThat(read(pem.getBytes(StandardCharsets.US_ASCII)).find(revoked, issuing.certificate()))
                .contains(new Revocations.Revoked(AT, "superseded"));
        assertThatThrownBy(() -> read(pem.substring(0, pem.length() - 30).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageContaining("without its end");
    }

    @Test
    void everyCutIsRefusedAndFlippedBitsDoNotCount() throws Exception {
        byte[] der = list(2);
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            assertThatThrownBy(() -> new RevocationListBytes(cut, "test"))
                    .as("cut to %d", length)
                    .isInstanceOf(IdentityException.Malformed.class);
        }
        assertThatThrownBy(() -> new RevocationListBytes(Arrays.copyOf(der, der.length + 1), "test"))
                .isInstanceOf(IdentityException.Malformed.class);
        for (int bit = 0; bit < der.length * 8; bit += 5) {
            byte[] other = der.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(new RevocationListBytes(other, "test")
                                .isSignedBy(issuing.keys().getPublic()))
                        .as("bit %d", bit)
                        .isFalse();
            } catch (IdentityException.Malformed e) {
                assertThat(e).hasMessageStartingWith("test: ");
            }
        }
        assertThat(new RevocationListBytes(der, "test")
                        .isSignedBy(issuing.keys().getPublic()))
                .isTrue();
    }

    @Test
    void whatIsLargerThanTheBoundIsNotRead() throws Exception {
        Path large = directory.resolve("large.crl");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(Revocations.MAX_BYTES + 1L);
        }
        assertThatThrownBy(() -> Revocations.read(List.of(large)))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageContaining("at most");
    }
}
