package org.camseal.identity.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.Pem;

/** Requests and self-signed certificates of a customer's key; signed through the handle. */
final class OwnCertificates {
    private static final int MAX_DAYS = 3650;

    /** Peers whose clocks are this much behind still see it as valid. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final SecureRandom SERIALS = new SecureRandom();

    private OwnCertificates() {}

    static byte[] request(KeyHandle key, RequestedNames names, CustomerUse use) throws IdentityException {
        try {
            return new PKCS10CertificationRequestBuilder(
                            names.subjectName(),
                            SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()))
                    .addAttribute(
                            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                            extensions(names, use).generate())
                    .build(new HandleContentSigner(key))
                    .getEncoded();
        } catch (IOException | RuntimeException e) {
            throw cannot(key, e);
        }
    }

    static X509Certificate selfSigned(KeyHandle key, RequestedNames names, int days, Instant now)
            throws IdentityException {
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("a certificate lives 1 to " + MAX_DAYS + " days, not " + days);
        }
        Instant begin = now.truncatedTo(ChronoUnit.SECONDS).minus(CLOCK_SKEW);
        return selfSigned(key, names, begin, begin.plus(Duration.ofDays(days)));
    }

    /** Valid from and until those seconds, as long as that may be. */
    static X509Certificate selfSigned(KeyHandle key, RequestedNames names, Instant from, Instant until)
            throws IdentityException {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("a certificate ends after it begins, not from " + from + " to " + until);
        }
        try {
            X500Name name = names.subjectOrFirstName(); // an issuer has a name (RFC 5280 section 4.1.2.4)
            SubjectPublicKeyInfo spki =
                    SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded());
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name, new BigInteger(127, SERIALS).setBit(126), Date.from(from), Date.from(until), name, spki);
            ExtensionsGenerator extensions = extensions(names, CustomerUse.TLS);
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.publicKey()));
            for (var oid : extensions.generate().getExtensionOIDs()) {
                builder.addExtension(extensions.generate().getExtension(oid));
            }
            X509Certificate certificate =
                    Pem.certificate(builder.build(new HandleContentSigner(key)).getEncoded(), "a new certificate");
            certificate.verify(key.publicKey()); // an element that signs wrongly is found here
            return certificate;
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            throw cannot(key, e);
        }
    }

    private static ExtensionsGenerator extensions(RequestedNames names, CustomerUse use) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        use.ask(extensions);
        if (names.hasAlternativeNames()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    names.subject().isBlank(), // RFC 5280 section 4.2.1.6: critical where the subject is empty
                    names.alternativeNames());
        }
        return extensions;
    }

    private static IdentityException.Element cannot(KeyHandle key, Exception cause) {
        return new IdentityException.Element("the " + key.slot().label() + " key cannot sign for itself", cause);
    }
}
