package org.camseal.authority.log;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;

/** Registers, certificates and logs for tests: honest ones, and ones whose keeper lies. */
final class LogWorld {
    static final SecureRandom RANDOM = new SecureRandom();
    static final LogKeys KEYS = LogKeys.generate("log.example.com/cameras", RANDOM);

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyPair PAIR = pair();

    /** What was issued once is the same bytes ever after, as from a register. */
    private static final Map<String, byte[]> CERTIFICATES = new ConcurrentHashMap<>();

    private LogWorld() {}

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A register in memory. Its list may be changed as no register should. */
    static final class Register implements LogLeaves {
        final List<byte[]> list;

        Register(List<byte[]> list) {
            this.list = new ArrayList<>(list);
        }

        @Override
        public long size() {
            return list.size();
        }

        @Override
        public List<byte[]> leaves(long from, int most) {
            return List.copyOf(list.subList((int) from, (int) Math.min(list.size(), from + most)));
        }
    }

    /** TLS certificates of cameras CS-first to CS-(last - 1), as leaves. */
    static List<byte[]> cameras(int first, int last) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = first; i < last; i++) {
            leaves.add(issued(CertificateProfile.DEVICE_TLS, "CS-" + i, i + 1));
        }
        return leaves;
    }

    static byte[] issued(CertificateProfile profile, String serial, long certificateSerial) {
        return new LogEntry.Issued(profile, serial, certificate(profile, serial, certificateSerial)).bytes();
    }

    static byte[] retired(CertificateProfile profile, String serial, long certificateSerial) {
        return LogEntry.Retired.of(
                        profile, serial, BigInteger.valueOf(certificateSerial), BEGIN, CRLReason.KEY_COMPROMISE)
                .bytes();
    }

    static byte[] certificate(CertificateProfile profile, String serial, long certificateSerial) {
        return CERTIFICATES
                .computeIfAbsent(
                        profile + " " + serial + " " + certificateSerial,
                        _ -> newCertificate(profile, serial, certificateSerial))
                .clone();
    }

    private static byte[] newCertificate(CertificateProfile profile, String serial, long certificateSerial) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500NameBuilder().addRDN(BCStyle.CN, "Test authority").build(),
                    BigInteger.valueOf(certificateSerial),
                    Date.from(BEGIN),
                    Date.from(Instant.parse("9999-12-31T23:59:59Z")),
                    new X500NameBuilder()
                            .addRDN(BCStyle.O, "Test")
                            .addRDN(BCStyle.CN, "Camera")
                            .addRDN(BCStyle.SERIALNUMBER, serial)
                            .build(),
                    PAIR.getPublic());
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(profile.purpose().extendedKeyUsages().stream()
                            .map(ASN1ObjectIdentifier::new)
                            .map(KeyPurposeId::getInstance)
                            .toArray(KeyPurposeId[]::new)));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(PAIR.getPrivate()))
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log of those leaves in that directory, signed with those keys. */
    static LogSource published(Path directory, List<byte[]> leaves, LogKeys keys) throws AuthorityException {
        try (TransparencyLog log = TransparencyLog.open(directory, new Register(leaves), keys)) {
            log.publish();
        }
        return LogSource.directory(directory);
    }

    static LogVerdict check(LogSource source, LogCheck.Settings settings) throws AuthorityException {
        return new LogCheck(source, KEYS.publicKey(), settings).run();
    }
}
