package org.camseal.authority.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;

/** An issuing authority with a delegate, in a directory, and a register in memory. */
final class StatusWorld {
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    static final BigInteger GOOD = BigInteger.valueOf(0x1001);
    static final BigInteger REVOKED = BigInteger.valueOf(0x1002);
    static final BigInteger NEVER_ISSUED = BigInteger.valueOf(0x1003);

    final Path directory;
    final KeyHandle issuingKey;
    final X509Certificate issuing;
    final OcspSigner signer;
    final Statuses statuses = new Statuses();

    StatusWorld(Path directory) throws Exception {
        this.directory = directory;
        SecureRandom random = new SecureRandom();
        this.issuingKey =
                SoftwareSecureElement.open(directory.resolve("issuing"), random).generate(Slot.ISSUING, KeySpec.P256);
        this.issuing = certificate(BigInteger.ONE, "CN=Test issuing authority", issuingKey.publicKey(), null);
        KeyHandle delegate = SoftwareSecureElement.open(directory.resolve("delegate"), random)
                .generate(Slot.TLS, KeySpec.P256);
        this.signer = new OcspSigner(
                delegate,
                certificate(
                        BigInteger.TWO, "CN=Test status signer", delegate.publicKey(), KeyPurposeId.id_kp_OCSPSigning));
        statuses.known.put(GOOD, new CertificateStatus.Good());
        statuses.known.put(
                REVOKED,
                new Revoked(
                        REVOKED,
                        NOW.minusSeconds(60),
                        CRLReason.KEY_COMPROMISE,
                        Optional.of(Instant.parse("2026-02-03T04:05:06Z"))));
        Pem.writeCertificates(directory.resolve("issuing.pem"), List.of(issuing));
    }

    /** What is known, in the order in which it became so; fails when told to. */
    static final class Statuses implements CertificateStatuses {
        final Map<BigInteger, CertificateStatus> known = new LinkedHashMap<>();
        boolean broken;

        @Override
        public Optional<CertificateStatus> of(BigInteger certificateSerial) throws AuthorityException {
            requireWhole();
            return Optional.ofNullable(known.get(certificateSerial));
        }

        @Override
        public void forEachRevoked(Consumer<Revoked> consumer) throws AuthorityException {
            for (CertificateStatus status : known.values()) {
                if (status instanceof Revoked revoked) {
                    consumer.accept(revoked);
                }
            }
            requireWhole();
        }

        private void requireWhole() throws AuthorityException {
            if (broken) {
                throw new AuthorityException.Store("the register is away");
            }
        }
    }

    OcspIssuer ocspIssuer() {
        return new OcspIssuer(issuing, () -> signer, statuses);
    }

    RevocationList.Issuer listIssuer() {
        return new RevocationList.Issuer(issuing, issuingKey, statuses);
    }

    /** A device's certificate with that serial number, as a file. */
    Path device(BigInteger number) throws Exception {
        Path file = directory.resolve("device-" + number + ".pem");
        if (!Files.exists(file)) {
            X509Certificate device =
                    certificate(number, "CN=Camera " + number, signer.key().publicKey(), KeyPurposeId.id_kp_clientAuth);
            Pem.writeCertificates(file, List.of(device));
        }
        return file;
    }

    X509Certificate certificate(
            BigInteger number, String subject, PublicKey key, @org.jspecify.annotations.Nullable KeyPurposeId usage)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=Test issuing authority"),
                number,
                Date.from(NOW.minusSeconds(86_400)),
                Date.from(Instant.parse("2049-12-31T00:00:00Z")),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(usage == null));
        int uses = usage == null ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(uses));
        if (usage != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usage));
        }
        if (KeyPurposeId.id_kp_OCSPSigning.equals(usage)) {
            builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
        }
        try {
            return Pem.certificate(
                    builder.build(new HandleContentSigner(issuingKey)).getEncoded(), "a test certificate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
