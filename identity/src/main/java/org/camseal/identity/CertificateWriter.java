package org.camseal.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.jspecify.annotations.Nullable;

/**
 * Builds certificates of the fixed shapes (docs/spec/certificates.md), signs them through a handle, and checks the signature before giving
 * one out. There is no way to have one of another shape: a shape is a method here, and who may sign what is checked against the signer's
 * own certificate. Safe for use by several threads.
 */
public final class CertificateWriter {
    /** RFC 5280 section 4.1.2.2 allows 20; 16 random bytes never meet again. */
    private static final int SERIAL_NUMBER_BYTES = 16;

    private final SecureRandom random;
    private final OwnSignatures ownSignatures = new OwnSignatures();
    private final AtomicReference<@Nullable Dates> dates = new AtomicReference<>();

    /** @param random numbers the certificates */
    public CertificateWriter(SecureRandom random) {
        this.random = random;
    }

    /** Who signs: an authority's key, and its certificate. */
    public record Issuer(KeyHandle key, X509Certificate certificate) {
        X500Name name() {
            return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        }
    }

    /** From when until when, in whole seconds. */
    public record Validity(Instant notBefore, Instant notAfter) {}

    /** An authority's name: O and CN. */
    static X500Name authorityName(String organization, String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /**
     * A root that is named so.
     *
     * @throws IdentityException if the key does not sign
     */
    public X509Certificate root(KeyHandle key, String organization, String commonName, Validity validity)
            throws IdentityException {
        return root(key, authorityName(organization, commonName), validity);
    }

    /**
     * An issuing authority that is named so, for all purposes of one domain.
     *
     * @throws IdentityException if the key does not sign
     */
    public X509Certificate issuing(Issuer root, PublicKey key, String commonName, Purpose.Domain domain)
            throws IdentityException {
        String organization =
                root.name().getRDNs(BCStyle.O)[0].getFirst().getValue().toString();
        return issuing(
                root,
                key,
                authorityName(organization, commonName),
                Stream.of(Purpose.values())
                        .filter(purpose -> purpose.domain() == domain)
                        .toList());
    }

    /** A root: over one level of issuing authorities, restricted to no purpose. */
    X509Certificate root(KeyHandle key, X500Name name, Validity validity) throws IdentityException {
        try {
            X509v3CertificateBuilder builder = builder(name, name, key.publicKey(), validity);
            authority(builder, 1);
            keyIds(builder, key.publicKey(), key.publicKey());
            return signed(builder, key);
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /** An issuing authority: over end certificates only, and only for those purposes. */
    X509Certificate issuing(Issuer root, PublicKey key, X500Name name, Collection<Purpose> purposes)
            throws IdentityException {
        try {
            Validity same = new Validity(
                    root.certificate().getNotBefore().toInstant(),
                    root.certificate().getNotAfter().toInstant());
            X509v3CertificateBuilder builder = builder(root.name(), name, key, same);
            authority(builder, 0);
            builder.addExtension(Extension.extendedKeyUsage, false, usages(purposes.stream()));
            keyIds(builder, key, root.key().publicKey());
            return signed(builder, root.key());
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /** A number for a certificate: positive, of {@value #SERIAL_NUMBER_BYTES} random bytes. */
    public BigInteger newNumber() {
        byte[] number = new byte[SERIAL_NUMBER_BYTES];
        random.nextBytes(number);
        number[0] = (byte) ((number[0] & 0x7f) | 0x40); // positive, always of full length
        return new BigInteger(1, number);
    }

    /** An end certificate of a profile, with a new number. */
    X509Certificate end(Issuer issuer, PublicKey key, CertificateSubject subject, EndForm form)
            throws IdentityException {
        return end(issuer, key, subject, form, newNumber());
    }

    /**
     * An end certificate of a profile.
     *
     * @param number from {@link #newNumber()}: given, so that it can be written down before anything is signed
     * @throws IdentityException.Refused if the issuer is no authority over end certificates of that purpose, or the key is weak
     * @throws IdentityException if the issuer's key does not sign
     */
    public X509Certificate end(
            Issuer issuer, PublicKey key, CertificateSubject subject, EndForm form, BigInteger number)
            throws IdentityException {
        requireMayIssue(issuer.certificate(), form.profile().purpose());
        String weakness = AlgorithmPolicy.weaknessOf(key);
        if (!weakness.isEmpty()) {
            throw new IdentityException.Refused("no certificate for " + weakness);
        }
        try {
            CertificateProfile profile = form.profile();
            X509v3CertificateBuilder builder = builder(issuer.name(), subject.toName(), key, form.validity(), number);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.keyUsage()));
            builder.addExtension(Extension.extendedKeyUsage, false, usages(Stream.of(profile.purpose())));
            if (profile.namesDevice()) {
                builder.addExtension(Extension.subjectAlternativeName, false, hardwareModuleName(subject.serial()));
            }
            if (!form.hosts().isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, hosts(form.hosts()));
            }
            if (profile == CertificateProfile.OCSP_SIGNER) {
                builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
            }
            keyIds(builder, key, issuer.key().publicKey());
            return signed(builder, issuer.key());
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /**
     * What kind of end certificate, from when until when, and which host names and addresses are in it: for servers that others than our own
     * programs look at. Our own never do.
     */
    public record EndForm(CertificateProfile profile, Validity validity, List<String> hosts) {
        /**
         * @throws IllegalArgumentException if a certificate that names no server shall name hosts
         */
        public EndForm {
            hosts = List.copyOf(hosts);
            if (!hosts.isEmpty() && profile != CertificateProfile.AUTHORITY_SERVER) {
                throw new IllegalArgumentException("a " + profile.label() + " certificate names no hosts");
            }
        }

        /** Without a host name. */
        public EndForm(CertificateProfile profile, Validity validity) {
            this(profile, validity, List.of());
        }
    }

    private static GeneralNames hosts(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        host.contains(":") || host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
                .toArray(GeneralName[]::new));
    }

    /** Whatever its caller believes: the root signs no end certificates, and no authority those of another domain. */
    private static void requireMayIssue(X509Certificate issuer, Purpose purpose) throws IdentityException {
        boolean allowed;
        try {
            List<String> usages = issuer.getExtendedKeyUsage();
            allowed = issuer.getBasicConstraints() == 0
                    && usages != null
                    && usages.containsAll(purpose.extendedKeyUsages());
        } catch (CertificateParsingException e) {
            throw cannot(e);
        }
        if (!allowed) {
            throw new IdentityException.Refused(CertificateSubject.display(issuer.getSubjectX500Principal())
                    + " is no authority that may vouch for " + purpose.description());
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Validity validity) {
        return builder(issuer, subject, key, validity, newNumber());
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Validity validity, BigInteger number) {
        Dates written = written(validity);
        return new X509v3CertificateBuilder(
                issuer,
                number,
                written.notBefore(),
                written.notAfter(),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    /** A validity as it stands in a certificate. */
    private record Dates(Validity validity, Time notBefore, Time notAfter) {}

    /** The same for all certificates of an issuing authority's devices, and dear to write. */
    private Dates written(Validity validity) {
        Dates known = dates.get();
        if (known == null || !known.validity().equals(validity)) {
            known = new Dates(
                    validity, new Time(Date.from(validity.notBefore())), new Time(Date.from(validity.notAfter())));
            dates.set(known);
        }
        return known;
    }

    private static void authority(X509v3CertificateBuilder builder, int pathLength) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static void keyIds(X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subject));
        builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer));
    }

    private static ExtendedKeyUsage usages(Stream<Purpose> purposes) {
        return new ExtendedKeyUsage(purposes.flatMap(purpose -> purpose.extendedKeyUsages().stream())
                .distinct()
                .map(ASN1ObjectIdentifier::new)
                .map(KeyPurposeId::getInstance)
                .toArray(KeyPurposeId[]::new));
    }

    /** RFC 4108 section 5: which piece of hardware it is, by kind and serial number. */
    private static GeneralNames hardwareModuleName(String serial) {
        DERSequence module = new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            new ASN1ObjectIdentifier(Oids.HARDWARE_TYPE), new DEROctetString(serial.getBytes(StandardCharsets.UTF_8))
        });
        return new GeneralNames(new GeneralName(
                GeneralName.otherName, new OtherName(new ASN1ObjectIdentifier(Oids.HARDWARE_MODULE_NAME), module)));
    }

    private X509Certificate signed(X509v3CertificateBuilder builder, KeyHandle key) throws IdentityException {
        try {
            X509Certificate certificate =
                    Pem.certificate(builder.build(new HandleContentSigner(key)).getEncoded(), "a new certificate");
            ownSignatures.require(certificate, key);
            return certificate;
        } catch (RuntimeOperatorException e) {
            if (e.getCause() instanceof IOException cause && cause.getCause() instanceof IdentityException refused) {
                throw refused; // with the element's own fault: the caller may wait for it to pass
            }
            throw new IdentityException.Element("the " + key.slot().label() + " key did not sign a certificate", e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IdentityException.Element("the " + key.slot().label() + " key did not sign a certificate", e);
        }
    }

    private static IdentityException cannot(Exception cause) {
        return new IdentityException.Malformed("a certificate cannot be built: " + cause.getMessage(), cause);
    }
}
